using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.Common;

/// <summary>The data files that ship are read by the types that use them, and agree with one another.</summary>
public sealed class ContentTests
{
    [Fact]
    [Requirement("R-HH-05")]
    public void Vocabulary_EveryNeed_IsCodedToTable2()
    {
        var words = Words.Current;
        var capitals = words.Capitals.Select(c => c.Id).ToHashSet();
        var inequalities = words.Inequalities.Select(i => i.Id).ToHashSet();

        capitals.Count.ShouldBe(5);
        inequalities.Count.ShouldBe(4);
        words.Needs.Count.ShouldBeGreaterThan(25);
        words.Needs.ShouldAllBe(n => n.Capitals.All(capitals.Contains) && n.Inequalities.All(inequalities.Contains) && n.Capitals.Count + n.Inequalities.Count > 0);
    }

    [Theory]
    [InlineData("heating", "heating-or-electricity")]
    [InlineData("food", "food")]
    [InlineData("rent", "rent-or-council-tax")]
    [InlineData("council tax", "rent-or-council-tax")]
    [InlineData("warm coat", "clothes")]
    [InlineData("job", "work")]
    [InlineData("someone to talk to", "someone-to-talk-to")]
    public void Vocabulary_ThePlainestWord_IsUnderstoodAlone(string typed, string need) =>
        NeedReader.Current.Read(typed).Select(n => n.NeedId).ShouldContain(need);

    [Fact]
    public void Mapping_WinterForm_NamesOnlyNeedsAndAwardsThatExist()
    {
        var mapping = Mapping.Shipped("winter-support-requests")!;

        mapping.Words.Needs.ShouldAllBe(n => Words.Current.Need(n.Id) != null);
        mapping.Words.Areas.ShouldAllBe(a => AnyDoor.Places.District.Find(a.Code) != null);
    }

    [Theory]
    [InlineData("Separated, please do not ring the landline", "landline")]
    [InlineData("Please do not ring me", "no-calls")]
    [InlineData("My husband doesn’t know I am asking", "not-in-front-of")]
    public void Mapping_OwnWords_TightenSafeContact(string words, string pattern) =>
        Mapping.Shipped("winter-support-requests")!.SafeContact.Patterns.Where(p => p.Matches(words)).Select(p => p.Id).ShouldContain(pattern);

    [Theory]
    [InlineData(Urgency.Today, "2026-11-24T08:12", "2026-11-24T12:12")]
    [InlineData(Urgency.Today, "2026-11-24T19:00", "2026-11-25T11:00")]
    [InlineData(Urgency.Today, "2026-11-24T23:30", "2026-11-25T12:00")]
    [InlineData(Urgency.Today, "2026-11-24T03:00", "2026-11-24T12:00")]
    [InlineData(Urgency.ThisWeek, "2026-11-24T09:00", "2026-11-27T17:00")]
    [InlineData(Urgency.Soon, "2026-12-23T09:00", "2027-01-04T17:00")]
    public void AnswerClock_GivesTheSameClockWhateverTheDoor(Urgency urgency, string submitted, string by) =>
        LondonTime.FromUtc(AnswerClock.AnswerBy(urgency, LondonTime.ToUtc(DateTime.Parse(submitted)))).ShouldBe(DateTime.Parse(by));

    [Theory]
    [InlineData(Urgency.Today, "2026-11-24T08:12", "2026-11-24T10:12")]
    [InlineData(Urgency.Today, "2026-11-24T23:30", "2026-11-25T10:00")]
    [InlineData(Urgency.ThisWeek, "2026-11-24T09:00", "2026-11-26T17:00")]
    [InlineData(Urgency.Soon, "2026-11-24T09:00", "2026-12-03T17:00")]
    public void AnswerClock_KeepsWhatThePartnershipPromises(Urgency urgency, string submitted, string by) =>
        LondonTime.FromUtc(AnswerClock.AnswerBy(urgency, LondonTime.ToUtc(DateTime.Parse(submitted)), new(new(2), new(2), new(7)))).ShouldBe(DateTime.Parse(by));
}
