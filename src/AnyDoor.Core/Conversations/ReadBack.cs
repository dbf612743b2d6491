using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

/// <summary>Something agreed on the call.</summary>
/// <param name="Words">A sentence to the person: "£190.00 can come today."</param>
/// <param name="Quiet">About safety at home: never written down for them.</param>
public sealed record AgreedStep(string Words, bool Quiet = false);

public sealed record NextContact(DateOnly On, string Way, string? Time = null);

/// <summary>
/// What is read back to one resident, from their own answers only and from what is agreed. Text that the worker may change before it goes.
/// </summary>
/// <param name="Neutral">Says nothing of what it is about and names no agency, for a phone that others may read.</param>
public sealed record ReadBack(string Words, string Neutral)
{
    // In this order people tell it: what changed, what is short, what they want.
    private static readonly string[] Told = ["shock.what_changed", "energy.meter_left_pence", "home.rent_missed_months", "home.notice_to_leave", "children.devices", "children.data_runs_out"];
    private const int MostTold = 4;

    public static ReadBack Compose(Guid person, IEnumerable<Answer> answers, IReadOnlyList<AgreedStep> agreed, NextContact? next, string hubTelephone, string reference)
    {
        // Only what this person told, about the home or themselves: never another member's, and nothing of health or safety on paper.
        var own = answers.Where(a => a.PersonId == person && (a.About is null || a.About == person) && a is { ReplacedAt: null, IsGiven: true }
            && AnswersTold.Category(a.Fact) is not (Sharing.DataCategory.Safety or Sharing.DataCategory.HealthAndDisability or null)).ToList();
        var sentences = new List<string>();
        var facts = Facts.FromJson(own.GroupBy(a => a.Fact).Select(g => new KeyValuePair<string, string>(g.Key, g.OrderBy(a => a.At).Last().Value)));
        var told = Told.Select(f => Say(f, facts)).OfType<string>().Take(MostTold).ToList();
        if (told.Count > 0) sentences.Add($"You told us {FactPhrases.Join(told)}.");
        if (Text(own, "needs.matters_most") is { } most) sentences.Add($"What matters most to you: “{most}”");
        else if (told.Count == 0 && Text(own, "needs.own_words") is { } words) sentences.Add($"You told us: “{words}”");
        sentences.AddRange(agreed.Where(s => !s.Quiet).Select(s => s.Words));
        if (next is not null) sentences.Add($"We will be in touch by {next.Way} on {LondonTime.LongDay(next.On)[..^5]}{(next.Time is null ? "" : $", {next.Time}")}.");
        sentences.Add($"Ring {hubTelephone} and say {reference} at any time.");

        var neutral = $"Your request: we have written down what we agreed.{(next is null ? "" : $" We will be in touch on {LondonTime.LongDay(next.On)[..^5]}.")} Ring {hubTelephone} and say {reference}.";
        return new ReadBack(string.Join(' ', sentences), neutral);
    }

    private static string? Say(string fact, Facts facts) => fact switch
    {
        "shock.what_changed" => facts.Options(fact)?.Select(Changed).OfType<string>().ToList() is { Count: > 0 } changes ? FactPhrases.Join(changes) : null,
        "energy.meter_left_pence" => facts.Number(fact) is { } left ? $"there is {FactPhrases.Money(left)} on the meter" : null,
        "home.rent_missed_months" => facts.Number(fact) switch { null or 0 => null, 1 => "you missed a month’s rent", { } months => $"you are {FactPhrases.Count(months)} months behind with the rent" },
        "home.notice_to_leave" => FactPhrases.Say(fact, facts) is null ? null : "you had a letter asking you to leave",
        "children.devices" => facts.Number(fact) switch { 0 => "the children have no laptop", 1 => "the children share one laptop", _ => null },
        _ => facts.Options(fact)?.Contains("yes") == true ? "the data runs out before the month does" : null,
    };

    // What is about health or safety is left out: paper and phones are read by others.
    private static string? Changed(string option) => option switch
    {
        "lower-pay" => "pay or hours went down",
        "lost-job" => "a job was lost",
        "benefit-changed" => "a benefit changed or is late",
        "bills-went-up" => "bills went up",
        "big-cost" => "there was a big cost",
        "new-baby" => "there is a new baby",
        "bereaved" => "someone died",
        "moved" => "you had to move",
        "lost-or-stolen" => "money or things were lost or stolen",
        "fire-or-flood" => "there was a fire or a flood",
        _ => null,
    };

    private static string? Text(List<Answer> own, string fact) => own.LastOrDefault(a => a.Fact == fact) is { } answer ? JsonSerializer.Deserialize<string>(answer.Value)?.Trim() : null;
}
