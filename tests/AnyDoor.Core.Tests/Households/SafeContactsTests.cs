using AnyDoor.Households;
using AnyDoor.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AnyDoor.Core.Tests.Households;

[Requirement("R-DA-02")]
public sealed class SafeContactsTests
{
    [Theory]
    [InlineData(ContactWay.Text, DoNot.VoiceMessage, "9am to 2:30pm", false, "Reach Leanne by text, 9am to 2:30pm. No voice messages.")]
    [InlineData(ContactWay.Phone, DoNot.AfterThree | DoNot.Letter, null, true, "Reach Leanne by phone. Do not phone after 3pm. No letters. Talk about this only with Leanne.")]
    [InlineData(ContactWay.DoNotContactFirst, DoNot.Nothing, null, false, "Do not contact Leanne first: how to do it safely has not been agreed.")]
    [InlineData(ContactWay.Text, DoNot.Phone | DoNot.VoiceMessage, null, false, "Reach Leanne by text. No phone calls or voice messages.")]
    public void Strip_EachAnswer_IsASentenceAPersonCanFollow(ContactWay by, DoNot doNot, string? time, bool others, string expected) =>
        SafeContacts.Strip("Leanne", new Reach(by, doNot, BestTime: time), others).ShouldBe(expected);

    [Fact]
    public void What_was_said_against_its_own_way_reads_as_do_not_contact_first()
    {
        var clash = new Reach(ContactWay.Phone, DoNot.Phone | DoNot.Landline, Phone: "01632960123");

        SafeContacts.Strip("Leann", clash, otherAdults: false).ShouldStartWith("Do not contact Leann first: what was said about it does not go together.");
        SafeContacts.InBrief(clash).ShouldBe("Do not contact first");
    }

    [Fact]
    public void Channels_UnansweredOrToBeCheckedOrForbidden_AreNone()
    {
        SafeContacts.Channels(Reach.Unanswered).ShouldBeEmpty();
        SafeContacts.Channels(new Reach(ContactWay.Text, DoNot.Nothing, CheckBeforeContact: true)).ShouldBeEmpty();
        SafeContacts.Channels(new Reach(ContactWay.Text, DoNot.Text)).ShouldBeEmpty();
        SafeContacts.Channels(new Reach(ContactWay.Phone, DoNot.Nothing)).ShouldBeEmpty();
        SafeContacts.Channels(new Reach(ContactWay.Text, DoNot.VoiceMessage)).ShouldBe([ContactWay.Text]);
    }

    [Fact]
    public void NoLettersHome_WithAnAddressElsewhere_LeavesThatOpen_AndAnotherRecordsNoShutsIt()
    {
        var sisters = new Reach(ContactWay.Letter, DoNot.Letter, To: "3 Sedge Lane, March");

        SafeContacts.Channels(sisters).ShouldBe([ContactWay.Letter]);
        SafeContacts.Problem(sisters).ShouldBeNull();
        SafeContacts.Strip("Leanne", sisters, otherAdults: false).ShouldBe("Reach Leanne by letter. No letters to any address but the one they gave.");
        SafeContacts.Channels(sisters with { To = null }).ShouldBeEmpty();
        // This address may be the home that the other record means.
        SafeContacts.Strictest(sisters with { DoNot = DoNot.Nothing }, new Reach(ContactWay.Text, DoNot.Letter | DoNot.Text)).By.ShouldBe(ContactWay.DoNotContactFirst);
        SafeContacts.Strictest(sisters, new Reach(ContactWay.Text, DoNot.Letter | DoNot.Text)).ShouldBe(sisters with { DoNot = DoNot.Letter | DoNot.Text, CheckBeforeContact = true });
    }

    [Fact]
    public void Allows_PhoneAfterThreeOrLandline_IsNo()
    {
        var mobile = new Reach(ContactWay.Phone, DoNot.AfterThree | DoNot.Landline, Phone: "07700900418");

        SafeContacts.Allows(mobile, ContactWay.Phone, new TimeOnly(14, 59)).ShouldBeTrue();
        SafeContacts.Allows(mobile, ContactWay.Phone, new TimeOnly(15, 0)).ShouldBeFalse();
        SafeContacts.Allows(mobile with { Phone = "01632960111" }, ContactWay.Phone, new TimeOnly(9, 0)).ShouldBeFalse();
        SafeContacts.Allows(mobile, ContactWay.Text, new TimeOnly(9, 0)).ShouldBeFalse();
    }

    [Fact]
    public void ContentMayGoByText_OnlyOnAPrivatePhone()
    {
        SafeContacts.ContentMayGoByText(new Reach(ContactWay.Text, DoNot.Nothing, PhoneIsPrivate: true)).ShouldBeTrue();
        SafeContacts.ContentMayGoByText(new Reach(ContactWay.Text, DoNot.Nothing)).ShouldBeFalse();
        SafeContacts.ContentMayGoByText(new Reach(ContactWay.Email, DoNot.Nothing, PhoneIsPrivate: true)).ShouldBeFalse();
    }

    [Fact]
    public void OnlyTheStricter_OfAStranger_TakesNothingToReachThemBy()
    {
        var mine = new Reach(ContactWay.Text, DoNot.VoiceMessage, Phone: "07700900418", PhoneIsPrivate: true, BestTime: "after 4pm");
        var stranger = new Reach(ContactWay.ThroughSomeone, DoNot.Letter, To: "Ines", Phone: "07700900999", Email: "s@example.org", BestTime: "9am", Words: "He reads my post.");

        SafeContacts.OnlyTheStricter(mine, stranger).ShouldBe(mine with { DoNot = DoNot.VoiceMessage | DoNot.Letter, PhoneIsPrivate = false, CheckBeforeContact = true });
        SafeContacts.OnlyTheStricter(new Reach(ContactWay.Letter, DoNot.Nothing, To: "41 Teasel Way"), stranger)
            .ShouldBe(new Reach(ContactWay.DoNotContactFirst, DoNot.Letter, CheckBeforeContact: true));
        SafeContacts.OnlyTheStricter(Reach.Unanswered, stranger).ShouldBe(new Reach(ContactWay.DoNotContactFirst, DoNot.Letter, CheckBeforeContact: true));
    }

    /// <summary>Whatever two records say, joining them never allows what either forbade.</summary>
    [Fact]
    public void Strictest_AnyTwo_AllowsNothingThatEitherForbids()
    {
        var reach = from way in Gen.Elements(Enum.GetValues<ContactWay>())
                    from doNot in Gen.Choose(0, 511)
                    from phone in Gen.Elements<string?>(null, "07700900418", "01632960111")
                    from flags in Gen.Choose(0, 3)
                    select new Reach(way, (DoNot)doNot, Phone: phone, PhoneIsPrivate: (flags & 1) != 0, CheckBeforeContact: (flags & 2) != 0);

        Prop.ForAll(Arb.From(reach), Arb.From(reach), (a, b) =>
        {
            var both = SafeContacts.Strictest(a, b);
            var noMoreChannels = SafeContacts.Channels(both).All(w => !Forbids(a, w) && !Forbids(b, w));
            return both.DoNot == (a.DoNot | b.DoNot) && noMoreChannels
                && (!SafeContacts.ContentMayGoByText(both) || (a.PhoneIsPrivate && b.PhoneIsPrivate))
                && (!SafeContacts.MayLeaveVoiceMessage(both) || ((a.DoNot | b.DoNot) & DoNot.VoiceMessage) == 0)
                && (both.CheckBeforeContact || (!a.CheckBeforeContact && !b.CheckBeforeContact));
        }).QuickCheckThrowOnFailure();
    }

    private static bool Forbids(Reach reach, ContactWay way) => reach.By == ContactWay.DoNotContactFirst || way switch
    {
        ContactWay.Text => (reach.DoNot & DoNot.Text) != 0,
        ContactWay.Email => (reach.DoNot & DoNot.Email) != 0,
        ContactWay.Letter => (reach.DoNot & DoNot.Letter) != 0,
        _ => false,
    };

    [Fact]
    public void ToTell_AnotherMembersAnswers_AreNeverInIt()
    {
        Guid leanne = Guid.NewGuid(), darren = Guid.NewGuid();
        (Guid? By, string Said)[] answers = [(leanne, "I am afraid to go home"), (darren, "Hours were cut"), (null, "Nobody knows who said this")];

        MemberPrivacy.ToTell(darren, answers, a => a.By).Select(a => a.Said).ShouldBe(["Hours were cut"]);
    }
}
