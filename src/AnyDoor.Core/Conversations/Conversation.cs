using AnyDoor.Vocabulary;

namespace AnyDoor.Conversations;

public enum SectionState { NotAsked, PartAnswered, Answered }

public enum FieldState
{
    NotAsked,
    /// <summary>Asked, and they would rather not say.</summary>
    NoAnswerGiven,
    Answered,
    /// <summary>Answered too long ago for some rule: shown, and may be asked again.</summary>
    Stale,
}

/// <summary>A field with the answers that are there already, so that it is not asked again.</summary>
public sealed record ConversationField(GuideField Field, FieldState State, IReadOnlyList<Answer> Answers);

/// <param name="Answered">How many of its questions have an answer, or were asked and left.</param>
public sealed record ConversationSection(GuideSection Section, SectionState State, int Answered, IReadOnlyList<ConversationField> Fields);

/// <summary>Where a conversation stands. Computed from the answers: there is nothing to keep in step.</summary>
public sealed record Conversation(IReadOnlyList<ConversationSection> Sections)
{
    /// <param name="keptElsewhere">Facts that have an answer in their own place: people, permissions, safe contact, needs.</param>
    public static Conversation Of(Guide guide, IReadOnlyList<Answer> answers, Facts facts, IReadOnlyCollection<string> keptElsewhere, DateTime at)
    {
        var byFact = answers.Where(a => a.ReplacedAt is null).ToLookup(a => a.Fact);
        // A part is left out only when it is sure that it is for nobody here.
        return new Conversation([.. guide.Sections.Where(s => s.ShowWhen?.Of(facts).Verdict != Verdict.No).Select(s => Section(s, byFact, facts, keptElsewhere, at))]);
    }

    private static ConversationSection Section(GuideSection section, ILookup<string, Answer> answers, Facts facts, IReadOnlyCollection<string> keptElsewhere, DateTime at)
    {
        // A question that hangs on another answer waits until that answer is there.
        var fields = section.Fields.Where(f => f.ShowWhen is null || f.ShowWhen.Of(facts).Verdict == Verdict.Yes || answers[f.Fact].Any())
            .Select(f => new ConversationField(f, StateOf([.. answers[f.Fact]], keptElsewhere.Contains(f.Fact), at), [.. answers[f.Fact]])).ToList();
        var asked = fields.Where(f => f.Field.AskOnlyWhen is null || f.State != FieldState.NotAsked).ToList();
        var done = asked.Count(f => f.State != FieldState.NotAsked);
        // Their own words answer the question that was spoken, whatever else is left.
        var inTheirWords = asked.Any(f => f.Field.InTheirWords && f.State is (FieldState.Answered or FieldState.Stale));
        var state = done == 0 ? SectionState.NotAsked : inTheirWords || done == asked.Count ? SectionState.Answered : SectionState.PartAnswered;
        return new ConversationSection(section, state, done, fields);
    }

    private static FieldState StateOf(IReadOnlyList<Answer> answers, bool elsewhere, DateTime at)
    {
        if (answers.Count == 0) return elsewhere ? FieldState.Answered : FieldState.NotAsked;
        var given = answers.Where(a => a.IsGiven).ToList();
        if (given.Count == 0) return FieldState.NoAnswerGiven;
        return given.All(a => a.IsStale(at)) ? FieldState.Stale : FieldState.Answered;
    }
}
