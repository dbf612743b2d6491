using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>Matches a file of needs, a line each, by the very match that pages and the offer use. Reads as a resident would: nothing internal.</summary>
public sealed class MatchFile(MenuDirectory directory, PostcodeDirectory postcodes, TimeProvider clock)
{
    /// <summary>How far people go: by bus, and with a car.</summary>
    private const double ByBus = 20, ByCar = 30;
    private static readonly string[] Female = ["mother", "mum", "mummy", "wife", "woman", "female", "daughter", "girl", "grandmother", "nan", "sister", "aunt", "lady", "girlfriend"];
    private static readonly string[] Male = ["father", "dad", "daddy", "husband", "man", "male", "son", "boy", "grandfather", "grandad", "brother", "uncle", "boyfriend"];

    /// <returns>How many lines, and how many of them could not be read.</returns>
    public async Task<(int Lines, int Bad)> RunAsync(string input, string output, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        var (lines, bad) = (0, 0);
        var half = output + ".part";
        await using (var writer = new StreamWriter(half))
        {
            await foreach (var line in File.ReadLinesAsync(input, cancel))
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                lines++;
                var (answer, good) = Answer(line.TrimStart('\uFEFF'), index);
                if (!good) bad++;
                await writer.WriteLineAsync(answer);
            }
        }
        File.Move(half, output, overwrite: true);
        return (lines, bad);
    }

    private (string Answer, bool Good) Answer(string line, MenuIndex index)
    {
        JsonElement? id = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var e = document.RootElement;
            id = e.Get("id")?.Clone();
            if (e.ValueKind != JsonValueKind.Object || e.Text("need") is null) return (JsonSerializer.Serialize(new { id, error = "The line has no “need”." }, ServiceJson.Options), false);
            var (query, problem) = Query(e, index);
            if (query is null) return (JsonSerializer.Serialize(new { id, error = problem }, ServiceJson.Options), false);
            var result = MenuMatch.Match(index, query);
            var hits = result.Hits.Count > 0 ? result.Hits : result.NearestBeyond;
            var results = hits.Take(20).Select(h => new { service_id = h.Service.IdAtSource, score = h.Score, distance_m = h.Metres, reasons = (string[])[h.Why, .. h.Facts, h.NextStep] });
            return (JsonSerializer.Serialize(new { id, results }, ServiceJson.Options), true);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) { return (JsonSerializer.Serialize(new { id, error = "The line is not JSON." }, ServiceJson.Options), false); }
    }

    private (MenuQuery? Query, string? Problem) Query(JsonElement e, MenuIndex index)
    {
        var at = clock.UtcNow();
        if (e.Text("at") is { } text)
        {
            if (At(text) is not { } moment) return (null, "“at” is no date and time like 2026-11-24T10:00.");
            at = moment;
        }
        var place = Whereabouts.Find(e.Text("postcode"), e.Text("place"), index, postcodes);
        var household = e.Get("household");
        var people = household?.Many("people").ToList() ?? [];
        var ages = people.Select(p => p.Number("age")).OfType<double>().Select(a => (int)a).ToList();
        // An age that is missing may be any: then no age refuses.
        var known = people.Count > 0 && ages.Count == people.Count ? ages : null;
        var tenure = household?.Text("tenure");
        var facts = Facts.FromJson(tenure is null ? [] : [new("home.tenure", JsonSerializer.Serialize(tenure))], District.Find(place?.District)?.Authority, known);
        var car = household?.Flag("car");
        return (new MenuQuery
        {
            Text = e.Text("need") is { Length: > 600 } long_ ? long_[..600] : e.Text("need"), Place = place ?? MenuPlace.NotKnown, Facts = facts, At = at, Car = car, StepFree = household?.Flag("disability") == true, WithinMiles = car == true ? ByCar : ByBus, Gender = GenderOf(people),
            Language = household?.Texts("languages").Select(Languages.CodeOf).FirstOrDefault(l => l is not null and not "en"),
        }, null);
    }

    /// <summary>Only where every grown-up says which.</summary>
    private static OnlyFor GenderOf(List<JsonElement> people)
    {
        var adults = people.Where(p => p.Number("age") is null or >= 16).Select(p => p.Text("gender", "sex", "role")?.ToLowerInvariant() ?? "").ToList();
        if (adults.Count == 0) return OnlyFor.Everyone;
        return adults.TrueForAll(a => Female.Contains(a) || a is "f") ? OnlyFor.Women : adults.TrueForAll(a => Male.Contains(a) || a is "m") ? OnlyFor.Men : OnlyFor.Everyone;
    }

    private static DateTime? At(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) || moment.Year is < 1900 or > 2200) return null;
        var hasZone = text.EndsWith('Z') || (text.Length > 16 && text[10..].IndexOfAny(['+', '-']) >= 0);
        return hasZone ? moment.UtcDateTime : LondonTime.ToUtc(DateTime.SpecifyKind(moment.UtcDateTime, DateTimeKind.Unspecified));
    }
}
