using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>The demo county's sharing agreements, written and brought into force by the register itself: one ends within thirty days, one is a draft.</summary>
internal static class DemoAgreements
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) } };

    private sealed record Told(IReadOnlyList<string> OnlyUnderOne, IReadOnlyList<One> Agreements);
    private sealed record One(string Name, string WhatFor, string WhatIsShared, IReadOnlyList<string> Parties, IReadOnlyList<Purpose> Purposes, IReadOnlyList<DataCategory> Categories, IReadOnlyList<string> Bases, string? Power, string? Condition,
        string? Objective, IReadOnlyList<string>? Factors, IReadOnlyList<string>? Specified, IReadOnlyList<string>? Checks, string? Dpia, int? DpiaReviewInDays, int? StartsInDays, int? EndsInDays, bool Draft = false);

    /// <summary>Makes those that are not there yet, by name.</summary>
    public static async Task EnsureAsync(Commands commands, AuditContext who, CancellationToken cancel)
    {
        using var file = ContentFiles.Open("demo-agreements.json");
        var told = JsonSerializer.Deserialize<Told>(file, Json)!;
        var register = new Agreements(commands.Database, commands);
        var today = LondonTime.DayOf(who.At);
        var known = (await register.ListAsync(today, cancel)).Select(l => l.Terms.Name).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, Guid> organisations;
        await using (var db = commands.Database.Open()) organisations = await db.Set<Organisation>().ToDictionaryAsync(o => o.Handle, o => o.Id, cancel);
        var owner = (await register.OwnersAsync(cancel)).Select(o => (Guid?)o.Id).FirstOrDefault();
        DateOnly? Day(int? inDays) => inDays is { } days ? today.AddDays(days) : null;
        foreach (var one in told.Agreements.Where(a => !known.Contains(a.Name)))
        {
            var terms = new AgreementTerms(one.Name, one.WhatFor, one.WhatIsShared, [.. one.Parties.Select(p => organisations[p])], one.Purposes, one.Categories, one.Bases, one.Condition, one.Power, one.Objective, one.Factors ?? [],
                [.. (one.Specified ?? []).Select(p => organisations[p])], null, one.Checks ?? [], one.Dpia, Day(one.DpiaReviewInDays), Day(one.StartsInDays), Day(one.EndsInDays), owner);
            var saved = await register.SaveAsync(who, null, terms, null, cancel);
            var done = saved.Done && !one.Draft ? await register.ComeIntoForceAsync(who, saved.Value, 1, cancel) : saved;
            if (!done.Done) throw new InvalidOperationException($"demo-agreements.json: {one.Name}: {done.Refusal.Sentence}");
        }
        foreach (var organisation in told.OnlyUnderOne) await register.NeedAsync(who, organisations[organisation], true, cancel);
    }
}
