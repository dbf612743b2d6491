using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Households;

[Requirement("R-HUB-04")]
public sealed class MatchingTests
{
    private static PersonFacts P(string name, string? born = null, string? phone = null, string? postcode = null, int? year = null, params int[] children) =>
        new(name, born is null ? null : DateOnly.Parse(born), year, phone is null ? null : [phone], postcode is null ? null : [postcode], 1, children);

    [Fact]
    public void Compare_SurnamesOneVowelApartAndOneDateOfBirth_IsOffered()
    {
        var found = Matching.Compare(P("Callum Abernook", "1945-02-03"), P("Callum Abernaok", "1945-02-03"));

        found.Likelihood.ShouldBe(Likelihood.Possible);
        found.Codes.ShouldBe("name-one-letter,born-same,household-fits");
        found.WordsFor("name").ShouldBe("One letter off");
    }

    [Fact]
    public void Compare_FatherAndSonOfOneNameOnOneLandline_IsNotOffered()
    {
        Matching.Compare(P("Callum Abernook", "1945-02-03", "01632960111", "PE160AA"), P("Callum Abernook", "1975-02-03", "01632960111", "PE160AA")).Likelihood.ShouldBe(Likelihood.None);
        Matching.Compare(P("Callum Abernook", year: 1945, phone: "01632960111"), P("Callum Abernook", "1975-02-03", "01632960111")).Likelihood.ShouldBe(Likelihood.None);
    }

    [Theory]
    [InlineData("Leanne Harrowmere", "1990-03-14", "Leann Harrowmere", "1990-03-14", true, Likelihood.VeryLikely)]
    [InlineData("Leanne Harrowmere", "1990-03-14", "HARROWMERE Leanne", "1990-03-14", false, Likelihood.Possible)]
    [InlineData("Leanne Harrowmere", "1990-03-11", "Leanne Harrowmere", "1990-11-03", false, Likelihood.Possible)]
    [InlineData("Leanne Harrowmere", "1990-03-14", "Leanne Tydd", "1990-03-14", true, Likelihood.Possible)]
    [InlineData("Leanne Harrowmere", "1990-03-14", "Leanne Tydd", "1990-03-14", false, Likelihood.None)]
    [InlineData("Leanne Harrowmere", null, "Leanne Harrowmere", "1990-03-14", true, Likelihood.Possible)]
    [InlineData("Leanne Harrowmere", null, "Leanne Harrowmere", "1990-03-14", false, Likelihood.None)]
    [InlineData("Leanne Harrowmere", "1990-03-14", "Leanne Harrowmere", "1991-03-14", true, Likelihood.None)]
    [InlineData("Darren Harrowmere", "1990-03-14", "Leanne Harrowmere", "1990-03-14", false, Likelihood.None)]
    public void Compare_EachKindOfPair_IsJudged(string name, string? born, string otherName, string? otherBorn, bool samePhone, Likelihood expected)
    {
        var (a, b) = (P(name, born, "07700900418"), P(otherName, otherBorn, samePhone ? "07700900418" : "07700900111"));

        Matching.Compare(a, b).Likelihood.ShouldBe(expected);
        Matching.Compare(b, a).Likelihood.ShouldBe(expected);
    }

    [Theory]
    [InlineData("abc", "abc", false)]
    [InlineData("abc", "abd", true)]
    [InlineData("abc", "ab", true)]
    [InlineData("abc", "xabc", true)]
    [InlineData("abcd", "abdc", true)]
    [InlineData("abcd", "badc", false)]
    [InlineData("aab", "aaab", true)]
    [InlineData("", "a", true)]
    [InlineData("ab", "ba", true)]
    [InlineData("abc", "axd", false)]
    public void OneLetterOff_EachCase_IsRight(string a, string b, bool expected)
    {
        Matching.OneLetterOff(a, b).ShouldBe(expected);
        Matching.OneLetterOff(b, a).ShouldBe(expected);
    }

    /// <summary>Whoever types postcode after postcode learns nothing: not that a match came up, not where it is.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task APostcodeOfSomebodyAtRisk_MakesNoMatch(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var hidden = await desk.HomeAsync(people: [new("Sabina Letterrisk", Born: "1990-03-14", AtRisk: true)]);
        var guess = await desk.HomeAsync(people: [new("Sabina Letterrisk")]);
        foreach (var home in new[] { hidden, guess }) await desk.GroundAsync(home, GroundCause.OpenRequest);
        (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), guess.Id, default)).ShouldBeEmpty("the name and the very postcode");
        await using (var db = desk.Test.Database.Open()) (await db.Set<PossibleMatch>().CountAsync()).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task WhileTyping_NameOneVowelOff_IsOfferedAndNothingIsMerged(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var past = await desk.HomeAsync(people: [new("Callum Abernook", Born: "1945-02-03")]);
        var father = await desk.HomeAsync(phone: "01632960111", people: [new("Amar Inkerfield", Born: "1945-02-03")]);
        var hidden = await desk.HomeAsync(people: [new("Callum Abernaok", Born: "1945-02-03", AtRisk: true)]);
        foreach (var home in new[] { past, father, hidden }) await desk.GroundAsync(home, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));

        var offered = await desk.Reader.WhileTypingAsync(Desk.As(desk.Nadia, page: "typing"), P("Callum Abernuok", "1945-02-03", postcode: "PE139ZT"), default);
        var son = await desk.Reader.WhileTypingAsync(Desk.As(desk.Nadia, page: "typing"), P("Amar Inkerfield", "1975-08-09", "01632960111"), default);
        var partner = await desk.Reader.WhileTypingAsync(Desk.As(desk.Joy, page: "typing"), P("Callum Abernook", "1945-02-03"), default);

        offered.ShouldHaveSingleItem().Other.Name.ShouldBe("Callum Abernook");
        son.ShouldBeEmpty();
        partner.ShouldBeEmpty();
        await using var db = desk.Test.Database.Open();
        (await db.Set<PossibleMatch>().CountAsync()).ShouldBe(0);
        var notices = await db.Set<InformationNotice>().ToListAsync();
        notices.ShouldAllBe(n => n.Kind == "match-not-shown");
        notices.Select(n => n.OtherHouseholdId).ShouldContain(hidden.Id);
        (await desk.LooksAsync()).ShouldHaveSingleItem().Basis.ShouldBe("appeared-in-search");
    }

    [Theory, OnBothDatabases]
    public async Task Answer_SamePerson_JoinsFieldByFieldKeepsTheStricterContactAndCanBeUndone(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var old = await desk.HomeAsync(phone: "07700900418", reach: new NewReach(ContactWay.Text, DoNot.AfterThree), people: [new("Leann Harrowmere", Born: "1990-03-14"), new("Ellis Harrowmere", MemberRole.Child, "2015-01-20")]);
        await desk.GroundAsync(old, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));
        var now = await desk.HomeAsync(phone: "07700900418", people: [new("Leanne Harrowmere", Born: "1990-03-14"), new("Maya Harrowmere", MemberRole.Child, "2017-05-05")]);
        await desk.GroundAsync(now, GroundCause.OpenRequest);
        var ctx = Desk.As(desk.Nadia);

        var match = (await desk.Reader.MatchesAsync(ctx, now.Id, default)).ShouldHaveSingleItem();
        (await desk.Reader.MatchesAsync(ctx, now.Id, default)).ShouldHaveSingleItem().MatchId.ShouldBe(match.MatchId);
        (match.Likelihood, match.Other.Name, match.PersonId).ShouldBe((Likelihood.VeryLikely, "Leann Harrowmere", now.Applicant));
        var comparison = (await desk.Reader.CompareAsync(ctx, match.MatchId!.Value, default))!;
        comparison.Lines.Select(l => (l.What, l.Words)).ShouldBe([("Name", "One letter off"), ("Date of birth", "Same"), ("Address", "Same area"), ("Phone", "Same"), ("Lives with", "Not compared"), ("Safe contact", "Keep both")]);
        comparison.Lines.Single(l => l.What == "Lives with").Other.ShouldBe("Not shown");
        (await desk.Reader.AnswerMatchAsync(ctx, match.MatchId.Value, MatchAnswer.Same, null, new(), default)).Refusal!.Code.ShouldBe("how-needed");
        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Joy), match.MatchId.Value, MatchAnswer.Same, "I know her", new(), default)).Value.ShouldBeFalse();

        (await desk.Reader.AnswerMatchAsync(ctx, match.MatchId.Value, MatchAnswer.Same, "She told me on the call", new(OtherName: true, JoinHouseholds: true), default)).Value.ShouldBeTrue();

        var joined = (await desk.Reader.OpenAsync(ctx, now.Id, default))!;
        joined.Members.Select(m => m.FirstName).ShouldBe(["Leann", "Maya", "Ellis"]);
        joined.HouseholdIds.ShouldBe([now.Id, old.Id], ignoreOrder: true);
        (await desk.Reader.OpenAsync(ctx, old.Id, default))!.Id.ShouldBe(now.Id);
        joined.Applicant!.Reach!.DoNot.ShouldBe(DoNot.VoiceMessage | DoNot.AfterThree);
        (await desk.Reader.AnswerMatchAsync(ctx, match.MatchId.Value, MatchAnswer.NotSame, null, new(), default)).Refusal!.Code.ShouldBe("already-answered");

        (await desk.Reader.UndoJoinAsync(ctx, match.MatchId.Value, default)).Value.ShouldBeTrue();
        var alone = (await desk.Reader.OpenAsync(ctx, now.Id, default))!;
        alone.Members.Select(m => m.FirstName).ShouldBe(["Leanne", "Maya"]);
        alone.Applicant!.Reach!.DoNot.ShouldBe(DoNot.VoiceMessage | DoNot.AfterThree);
        (await desk.Reader.AnswerMatchAsync(ctx, match.MatchId.Value, MatchAnswer.NotSame, null, new(), default)).Value.ShouldBeTrue();
        (await desk.Reader.MatchesAsync(ctx, now.Id, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Answer_NotTheSameOrNotSure_TakesNoNumberOfTheStrangers_AndEveryDoNot(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        // The other lived at the same address, and has another telephone.
        var stranger = await desk.HomeAsync(phone: "07700900999", reach: new NewReach(ContactWay.Text, DoNot.Letter, "9am"), people: [new("Leann Harrowmere", Born: "1990-03-14")]);
        await desk.GroundAsync(stranger, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));
        var home = await desk.HomeAsync(phone: "07700900418", reach: new NewReach(ContactWay.Phone, DoNot.Text), people: [new("Leanne Harrowmere", Born: "1990-03-14")]);
        await desk.GroundAsync(home, GroundCause.OpenRequest);
        async Task<Reach> ReachAsync(MatchAnswer answer)
        {
            var match = (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), home.Id, default)).ShouldHaveSingleItem();
            (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match.MatchId!.Value, answer, null, new(), default)).Value.ShouldBeTrue();
            return (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default))!.Applicant!.Reach!;
        }

        var expected = new Reach(ContactWay.Phone, DoNot.Text | DoNot.Letter, Phone: "07700900418", PhoneIsPrivate: true, CheckBeforeContact: true);
        (await ReachAsync(MatchAnswer.NotSure)).ShouldBe(expected);
        (await ReachAsync(MatchAnswer.NotSame)).ShouldBe(expected);
        await using var db = desk.Test.Database.Open();
        (await db.Set<SafeContact>().CountAsync(s => s.PersonId == home.Applicant)).ShouldBe(2, "the second answer said nothing new");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Matches_SomebodyWhoLivesWithWhoeverIsAtRisk_AreNotMentioned_AndTheLeadHearsOfIt(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        // Craig was not marked, and Leanne was; neither is very likely to be who asks now.
        var hidden = await desk.HomeAsync(postcode: "PE160AA", phone: "07700900111", people: [new("Craig Abernook", Born: "1988-02-03"), new("Leanne Harrowmere", MemberRole.Partner, "1992-03-14", AtRisk: true)]);
        await desk.GroundAsync(hidden, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));
        var now = await desk.HomeAsync(phone: "07700900418", people: [new("Craig Abernook", Born: "1988-02-03")]);
        await desk.GroundAsync(now, GroundCause.OpenRequest);

        (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), now.Id, default)).ShouldBeEmpty();
        (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), now.Id, default)).ShouldBeEmpty();

        await using var db = desk.Test.Database.Open();
        var match = await db.Set<PossibleMatch>().SingleAsync();
        (await desk.Reader.CompareAsync(Desk.As(desk.Nadia), match.Id, default)).ShouldBeNull();
        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match.Id, MatchAnswer.Same, "She told me on the call", new(), default)).Value.ShouldBeFalse();
        (await desk.Reader.SearchAsync(Desk.As(desk.Nadia, page: "search"), "craig abernook", default)).ShouldHaveSingleItem().HouseholdId.ShouldBe(now.Id);
        (await desk.Reader.WhileTypingAsync(Desk.As(desk.Nadia, page: "typing"), P("Craig Abernook", "1988-02-03"), default)).Select(m => m.Other.HouseholdId).ShouldBe([now.Id]);
        var notice = (await db.Set<InformationNotice>().ToListAsync()).ShouldHaveSingleItem();
        (notice.Kind, notice.HouseholdId, notice.OtherHouseholdId).ShouldBe(("match-not-shown", (Guid?)now.Id, hidden.Id));
    }

    [Theory, OnBothDatabases]
    public async Task Matches_WithGroundsOnBoth_SayWhoLivesThere(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var homes = new List<Home>();
        foreach (var child in new[] { "Ellis Harrowmere", "Maya Harrowmere" })
        {
            homes.Add(await desk.HomeAsync(people: [new("Leanne Harrowmere", Born: "1990-03-14"), new(child, MemberRole.Child, "2015-01-20")]));
            await desk.GroundAsync(homes[^1], GroundCause.OpenRequest);
        }

        var match = (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), homes[1].Id, default)).Single(m => m.PersonId == homes[1].Applicant);

        match.Agrees.Select(a => a.Code).ShouldContain("household-fits");
        var line = (await desk.Reader.CompareAsync(Desk.As(desk.Nadia), match.MatchId!.Value, default))!.Lines.Single(l => l.What == "Lives with");
        new[] { line.This, line.Other }.ShouldBe(["Ellis, 11", "Maya, 11"], ignoreOrder: true);
        line.Words.ShouldBe("Fits");
    }

    [Theory, OnBothDatabases]
    public async Task Matches_TwoWhoseNamesWereNotTold_AreNotOneForThatAtOnePostcode(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var (one, other) = (await desk.HomeAsync(people: [new("")]), await desk.HomeAsync(people: [new("")]));
        foreach (var home in new[] { one, other }) await desk.GroundAsync(home, GroundCause.OpenRequest);

        (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), one.Id, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Matches_BothSidesOpenedAtOnce_AreOnePair(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var (one, other) = (await desk.HomeAsync(people: [new("Callum Abernook", Born: "1945-02-03")]), await desk.HomeAsync(people: [new("Callum Abernook", Born: "1945-02-03")]));
        foreach (var home in new[] { one, other }) await desk.GroundAsync(home, GroundCause.OpenRequest);

        var seen = await Task.WhenAll(new[] { one, other, one, other }.Select(h => Task.Run(() => desk.Reader.MatchesAsync(Desk.As(desk.Nadia), h.Id, default))));

        seen.ShouldAllBe(s => s.Count == 1);
        seen.Select(s => s[0].MatchId).Distinct().Count().ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Compare_ARecordThatMayNotBeOpened_ShowsNoMoreThanAPossibleMatchMay(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var past = await desk.HomeAsync(postcode: "PE139ZS", phone: "07700900999", people: [new("Leann Harrowmere", Born: "1990-03-14")]);
        await desk.GroundAsync(past, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));
        var now = await desk.HomeAsync(phone: "07700900418", people: [new("Leanne Harrowmere", Born: "1990-03-14")]);
        await desk.GroundAsync(now, GroundCause.OpenRequest);
        var match = (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), now.Id, default)).ShouldHaveSingleItem();

        var lines = (await desk.Reader.CompareAsync(Desk.As(desk.Nadia), match.MatchId!.Value, default))!.Lines.ToDictionary(l => l.What);

        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), past.Id, default)).ShouldBeNull();
        (lines["Name"].Other, lines["Date of birth"].Other, lines["Address"].Other, lines["Phone"].Other).ShouldBe(("Leann Harrowmere", "1990", "PE13 9", "Not shown"));
        (lines["Address"].Words, lines["Phone"].Words).ShouldBe(("Same area", "Not the same"));
        (lines["Date of birth"].This, lines["Address"].This, lines["Phone"].This).ShouldBe(("14 March 1990", "41 Teasel Way, PE13 9ZT", "07700 900 418"));

        // With grounds on both there is nothing to cut.
        await desk.GroundAsync(past, GroundCause.OpenRequest);
        (await desk.Reader.CompareAsync(Desk.As(desk.Nadia), match.MatchId.Value, default))!.Lines.ShouldContain(l => l.What == "Address" && l.This.Contains("Teasel", StringComparison.Ordinal) && l.Other.Contains("Teasel", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Compare_SomebodyAtRiskOnEitherSide_HidesWhereBothLive(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var past = await desk.HomeAsync(phone: "07700900418", people: [new("Leann Harrowmere", Born: "1990-03-14")]);
        await desk.GroundAsync(past, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));
        var now = await desk.HomeAsync(phone: "07700900418", people: [new("Leanne Harrowmere", Born: "1990-03-14", AtRisk: true)]);
        await desk.GroundAsync(now, GroundCause.OpenRequest);
        var match = (await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), now.Id, default)).ShouldHaveSingleItem();

        var address = (await desk.Reader.CompareAsync(Desk.As(desk.Nadia), match.MatchId!.Value, default))!.Lines.Single(l => l.What == "Address");

        address.ShouldBe(new MatchLine("Address", "Address withheld", "Address withheld", "Not compared"));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task WhileTyping_PostcodeAfterPostcode_SaysNothingOfWhereSomebodyAtRiskLives(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: [new("Leanne Harrowmere", Born: "1990-03-14", AtRisk: true)]);
        await desk.GroundAsync(home, GroundCause.OpenRequest);
        async Task<string> TypeAsync(string? born, string postcode) => string.Join(';',
            (await desk.Reader.WhileTypingAsync(Desk.As(desk.Nadia, page: "typing"), P("Leanne Harrowmere", born, postcode: postcode), default)).Select(m => $"{m.Other.Name} {m.Other.PostcodeSector} {m.Likelihood} {string.Join(',', m.Agrees.Select(a => a.Code))}"));

        foreach (var born in new[] { "1990-03-14", null }) (await TypeAsync(born, "PE139ZT")).ShouldBe(await TypeAsync(born, "PE139ZS"), born ?? "no date of birth");
        (await TypeAsync("1990-03-14", "PE139ZT")).ShouldStartWith("Leanne Harrowmere");
    }
}
