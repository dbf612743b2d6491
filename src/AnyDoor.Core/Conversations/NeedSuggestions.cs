using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

/// <summary>A need that a person's words point to, for a worker to confirm or leave.</summary>
/// <param name="Phrase">Their words, as they said them: the reason that is shown beside it.</param>
/// <param name="Urgent">The words suggest today. A suggestion; it decides nothing.</param>
public sealed record NeedSuggestion(Need Need, string Phrase, bool Urgent);

public static class NeedSuggestions
{
    private const int Most = 6;
    private const int LongestPhrase = 90;
    // One everyday word alone ("form", "low") says too little in somebody's story.
    private const int LeastWeight = 3;
    private static readonly char[] Stops = ['.', '!', '?', ';', '\n', '\r', '…'];

    public static IReadOnlyList<NeedSuggestion> From(string? words, IReadOnlyCollection<string> already) =>
        [.. NeedReader.Current.Read(words).Where(r => r.Weight >= LeastWeight && !already.Contains(r.NeedId)).OrderByDescending(r => r.Urgent).ThenByDescending(r => r.Weight).ThenBy(r => r.Start)
            .Take(Most).Select(r => new NeedSuggestion(Words.Current.Need(r.NeedId)!, Around(words!, r), r.Urgent))];

    /// <summary>The clause that the words stand in, so that the quote makes sense by itself.</summary>
    private static string Around(string text, NeedRead read)
    {
        var from = read.Start == 0 ? 0 : text.LastIndexOfAny(Stops, read.Start - 1) + 1;
        var end = text.IndexOfAny(Stops, read.Start + read.Phrase.Length);
        var clause = text[from..(end < 0 ? text.Length : end)].Trim();
        return clause.Length <= LongestPhrase ? clause : read.Phrase;
    }
}

/// <summary>Why something is urgent, as a sentence with its cause: <c>84p left on the meter, three children</c>. Never a score.</summary>
public static class UrgencyReason
{
    private const long LittleOnTheMeter = 500;
    private const long LittleMoney = 1000;
    private static readonly string[] Causes = ["home.notice_to_leave", "debts.bailiff", "health.needs_power_or_cold_storage"];

    /// <summary>None when nothing that was said gives a cause.</summary>
    public static string? Of(Facts facts, string? ownWords)
    {
        var causes = new List<string>();
        if (facts.Number("energy.meter_left_pence") is { } meter and <= LittleOnTheMeter) causes.Add(meter == 0 ? "nothing left on the meter" : FactPhrases.Say("energy.meter_left_pence", facts)!);
        if (facts.Number("shock.money_left_pence") is { } money and <= LittleMoney) causes.Add(money == 0 ? "no money until more comes" : FactPhrases.Say("shock.money_left_pence", facts)!);
        causes.AddRange(Causes.Select(c => FactPhrases.Say(c, facts)).OfType<string>());
        if (causes.Count == 0 && NeedReader.Current.Read(ownWords).FirstOrDefault(r => r.Urgent) is { } said) causes.Add($"“{said.Phrase}”");
        if (causes.Count == 0) return null;
        if (facts.Number("household.youngest_age") is 0) causes.Add("a baby");
        if (FactPhrases.Say("household.children", facts) is { } children) causes.Add(children);
        return string.Join(", ", causes);
    }
}
