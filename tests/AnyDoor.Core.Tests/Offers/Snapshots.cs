using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Funds;
using AnyDoor.Offers;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.Offers;

/// <summary>Snapshots of households: Family 1 from its persona file, and empty ones.</summary>
internal static class Snapshots
{
    public static readonly SchemeDefinition Crisis = Scheme("crisis-and-resilience-fund");
    private static readonly Money Plenty = new(100_000_000);

    public static SchemeDefinition Scheme(string id)
    {
        using var reader = new StreamReader(ContentFiles.Open($"schemes/{id}.json"));
        return SchemeFile.Read(reader.ReadToEnd()).Value!.Definition;
    }

    public static OfferSnapshot Empty => new()
    {
        At = Menu.Tuesday, Menu = Menu.Shipped, Hub = new("0808 157 0123", "8am to 8pm, every day"),
        CrisisLines = [new("emergency", "999", "Police, fire or ambulance"), new("domestic-abuse", "0808 2000 247", "National Domestic Abuse Helpline"), new("cannot-cope", "116 123", "Samaritans")],
    };

    public static OfferSnapshot Family1(Money? available = null, DateTime? closesAt = null, IReadOnlyList<PastAward>? history = null, Guid? episode = null)
    {
        using var persona = JsonDocument.Parse(ContentFiles.Open("personas/family-1-urban.json"));
        var root = persona.RootElement;
        var answers = root.GetProperty("answers").EnumerateArray().ToDictionary(a => a.GetProperty("fact").GetString()!, a => a.GetProperty("value").GetRawText());
        string[] needs = [.. root.GetProperty("request").GetProperty("needs").EnumerateArray().Concat(root.GetProperty("also_needs").EnumerateArray()).Select(n => n.GetString()!)];
        int[] ages = [.. root.GetProperty("household").GetProperty("people").EnumerateArray().Select(p => p.GetProperty("age").GetInt32())];
        answers["needs"] = JsonSerializer.Serialize(needs);
        answers["household.size"] = "5";
        answers["household.children"] = "3";
        var facts = Facts.FromJson(answers, "Cambridgeshire County Council", ages);
        return Empty with { Place = Menu.Waterlees, Facts = facts, Answers = answers.Count, Needs = needs, Awards = Awards(facts, available, closesAt, history, episode) };
    }

    public static IReadOnlyList<AwardCandidate> Awards(Facts facts, Money? available = null, DateTime? closesAt = null, IReadOnlyList<PastAward>? history = null, Guid? episode = null) =>
    [
        .. Crisis.AwardTypes.Select(t => AwardCandidate.From(Crisis, t, Menu.Tuesday, available ?? Plenty, closesAt, closesAt is null ? null : "The fund closed after heavy demand.", facts, history ?? [], episode)),
        .. Scheme("winter-support-grant").AwardTypes.Select(t => AwardCandidate.From(Scheme("winter-support-grant"), t, Menu.Tuesday, Plenty, null, null, facts, [], null)),
    ];

    public static OfferSnapshot With(this OfferSnapshot snapshot, Facts facts, params string[] needs) => snapshot with { Facts = facts, Needs = needs, Awards = Awards(facts) };

    public static readonly MenuPlace Outside = new("E07000146", Point: new GeoPoint(52.75, 0.40));
}
