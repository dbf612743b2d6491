using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Requests;
using AnyDoor.Vocabulary;

namespace AnyDoor.Web.Staff;

/// <summary>One field of the conversation as the form shows it: what stands there, where it came from, and which answer that was.</summary>
/// <param name="Key">The fact, with whom it is about when that is one of several.</param>
/// <param name="Raw">As a person types it.</param>
public sealed record TalkField(string Key, GuideField Guide, Fact Fact, string Label, Guid? About, Guid? Shown, string Raw, IReadOnlyList<string> Chosen, string? From, IReadOnlyList<string> Others)
{
    public string Name => "v." + Key;
    public string Id => "f-" + string.Concat(Key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
    public IReadOnlyList<FactOption> Options => Fact.Options ?? (Fact.Type == "yes-no" ? YesNo : []);
    public bool Many => Guide.Input == "checkboxes";
    private static readonly IReadOnlyList<FactOption> YesNo = [new("yes", "Yes"), new("no", "No"), new("not-sure", "Not sure")];
}

/// <summary>Puts the guide's fields and the answers together into a form, and reads the form back. What is kept elsewhere is not asked twice here.</summary>
public static class GuideForm
{
    public const string RatherNot = "rather-not-say";
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] Elsewhere = ["safety.contact_by", "safety.do_not", "contact.best_time", "household.people", "plan.next_contact", "needs"];
    private static readonly string[] Shapes = ["long-text", "text", "money", "number", "date", "month", "radios", "select", "checkboxes"];

    public static IReadOnlyList<TalkField> Fields(HubSitting sitting, ConversationSection section, DateTime now)
    {
        var fields = new List<TalkField>();
        var applicant = sitting.Applicant;
        foreach (var field in section.Fields)
        {
            if (Elsewhere.Contains(field.Field.Fact) || !Shapes.Contains(field.Field.Input) || Words.Current.Fact(field.Field.Fact) is not { Becomes: null, StoredApart: false } fact) continue;
            var adults = field.Field.Per == "adult" ? sitting.Household.Members.Where(m => m.Role != Households.MemberRole.Child && (m.Age ?? 18) >= 18).ToList() : [];
            var children = field.Field.Per == "child" ? sitting.Household.Members.Where(m => m.Role == Households.MemberRole.Child || m.Age < 18).ToList() : [];
            if (children.Count > 0) fields.AddRange(children.Select(c => One(sitting, field, fact, $"{c.FirstName}: {field.Field.Label}", c.PersonId, applicant.PersonId, now)));
            else if (adults.Count < 2) fields.Add(One(sitting, field, fact, field.Field.Label, null, applicant.PersonId, now));
            else fields.AddRange(adults.Select(a => One(sitting, field, fact, $"{a.FirstName}: {Say.Lower(field.Field.Label)}", a.PersonId == applicant.PersonId ? null : a.PersonId, applicant.PersonId, now)));
        }
        return fields;
    }

    private static TalkField One(HubSitting sitting, ConversationField field, Fact fact, string label, Guid? about, Guid applicant, DateTime now)
    {
        var own = field.Answers.LastOrDefault(a => a.PersonId == applicant && (a.About == about || (about is null && a.About == applicant)));
        var others = field.Answers.Where(a => a.PersonId != applicant && a.IsGiven && (about is null || a.PersonId == about || a.About == about))
            .Select(a => $"{sitting.Household.Members.FirstOrDefault(m => m.PersonId == a.PersonId)?.FirstName ?? "Somebody"} said: {Show(fact, a.Value)}").ToList();
        var (raw, chosen) = own is null ? ("", []) : Typed(fact, field.Field.Input, own.Value);
        return new TalkField(about is null ? fact.Id : $"{fact.Id}@{about}", field.Field, fact, label, about, own?.Id, raw, chosen, own is null ? null : From(sitting, own, now), others);
    }

    /// <summary>Asked once: where it came from.</summary>
    public static string From(HubSitting sitting, Answer answer, DateTime now)
    {
        var (day, today) = (LondonTime.DayOf(answer.At), LondonTime.DayOf(now));
        var when = day == today ? LondonTime.Time(answer.At) : Say.Day(day, today);
        return answer.Origin switch
        {
            "request" => $"From the request, {when}",
            "import" => $"From the council’s form, {when}",
            _ when answer.ByWorker is { } worker && sitting.Workers.TryGetValue(worker, out var name) && day != today => $"Said to {name}, {when}",
            _ => $"Said on this call, {when}",
        };
    }

    private static (string Raw, IReadOnlyList<string> Chosen) Typed(Fact fact, string input, string json)
    {
        if (json == Answer.RatherNot) return (RatherNot, [RatherNot]);
        var value = JsonSerializer.Deserialize<JsonElement>(json);
        if (value.ValueKind == JsonValueKind.Array) { IReadOnlyList<string> all = [.. value.EnumerateArray().Select(v => v.ToString())]; return (string.Join(',', all), all); }
        var text = value.ValueKind switch
        {
            JsonValueKind.True => "yes", JsonValueKind.False => "no",
            JsonValueKind.Number when fact.Type == "money" => (value.GetInt64() / 100m).ToString("N2", English),
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
        if (input == "date" && DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)) text = LondonTime.Day(day);
        if (input == "month" && DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", out var month)) text = month.ToString("MMMM yyyy", English);
        return (text, [text]);
    }

    /// <summary>An answer in words, for a row of the clash page or beside a field.</summary>
    public static string Show(Fact? fact, string? json)
    {
        if (json is null) return "Taken back";
        if (json == Answer.RatherNot) return "Would rather not say";
        if (fact is null) return json;
        var (raw, chosen) = Typed(fact, fact.Type, json);
        if (fact.Type == "money") return "£" + raw;
        if (fact.Type == "text") return $"“{raw}”";
        return chosen.Count == 0 ? "None" : string.Join(", ", chosen.Select(c => fact.Options?.FirstOrDefault(o => o.Id == c)?.Label ?? Say.Upper(c.Replace('-', ' '))));
    }

    /// <summary>What of a form changed. A field that stands as it was shown is left alone, so that it cannot undo what a colleague saved.</summary>
    public static IReadOnlyList<AnswerChange> Changes(IFormCollection form)
    {
        var changes = new List<AnswerChange>();
        foreach (var key in form.Keys.Where(k => k.StartsWith("o.", StringComparison.Ordinal)).Select(k => k[2..]))
        {
            var parts = key.Split('@');
            if (Words.Current.Fact(parts[0]) is not { } fact) continue;
            Guid? about = parts.Length > 1 && Guid.TryParse(parts[1], out var person) ? person : null;
            Guid? shown = Guid.TryParse(form["s." + key], out var id) ? id : null;
            var values = form["v." + key].Select(v => (v ?? "").Trim().ReplaceLineEndings("\n")).Where(v => v.Length > 0).ToList();
            if (string.Join(',', values) == form["o." + key].ToString().ReplaceLineEndings("\n").Trim()) continue;
            changes.Add(values.Count == 0 ? new AnswerChange(fact.Id, null, shown, about, ChangeKind.TakeBack)
                : values.Contains(RatherNot) ? new AnswerChange(fact.Id, null, shown, about, ChangeKind.RatherNot)
                : new AnswerChange(fact.Id, Json(fact, values), shown, about));
        }
        return changes;
    }

    private static string Json(Fact fact, List<string> values)
    {
        var text = values[0];
        switch (fact.Type)
        {
            case "choices": return JsonSerializer.Serialize(values);
            case "money":
                var plain = text.Replace("£", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
                return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pounds) && pounds < 10_000_000 && decimal.Round(pounds, 2) == pounds
                    ? ((long)(pounds * 100)).ToString(CultureInfo.InvariantCulture) : JsonSerializer.Serialize(text);
            case "number": return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : JsonSerializer.Serialize(text);
            case "date":
                foreach (var format in new[] { "d/M/yyyy", "d MMMM yyyy", "d MMM yyyy", "yyyy-MM-dd" })
                    if (DateOnly.TryParseExact(text, format, English, DateTimeStyles.AllowWhiteSpaces, out var day)) return JsonSerializer.Serialize(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                foreach (var format in new[] { "M/yyyy", "MMMM yyyy", "MMM yyyy", "yyyy-MM" })
                    if (DateOnly.TryParseExact("1 " + text, "d " + format, English, DateTimeStyles.AllowWhiteSpaces, out var month)) return JsonSerializer.Serialize(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
                return JsonSerializer.Serialize(text);
            default: return JsonSerializer.Serialize(text);
        }
    }
}
