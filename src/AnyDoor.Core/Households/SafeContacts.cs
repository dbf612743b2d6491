using System.Collections.Frozen;
using System.Text;
using AnyDoor.Common;

namespace AnyDoor.Households;

/// <summary>How one person may be reached, as last said.</summary>
/// <param name="To">A telephone number (digits), an e-mail address, or the name of a trusted person.</param>
/// <param name="PhoneIsPrivate">Nobody else reads this phone: content may go by text.</param>
/// <param name="CheckBeforeContact">A worker checks before the first contact; nothing goes by itself.</param>
/// <param name="Words">In the person's own words. Never leaves the household's page.</param>
public sealed record Reach(ContactWay By, DoNot DoNot, string? To = null, string? Phone = null, string? Email = null,
    bool PhoneIsPrivate = false, bool CheckBeforeContact = false, string? BestTime = null, string? Words = null)
{
    /// <summary>Nobody has said anything: wait until they do.</summary>
    public static Reach Unanswered { get; } = new(ContactWay.DoNotContactFirst, DoNot.Nothing);
}

/// <summary>The rules of safe contact. Pure: whoever sends, rings or prints asks here.</summary>
public static class SafeContacts
{
    private static readonly TimeOnly Three = new(15, 0);

    /// <summary>Whichever two records say, the stricter is kept: every "do not" of both, and a way that both allow.</summary>
    public static Reach Strictest(Reach first, Reach second)
    {
        var doNot = first.DoNot | second.DoNot;
        // "By" of the first stays where the other allows it too; where neither's does, nobody is contacted until asked.
        var kept = first.By == ContactWay.DoNotContactFirst || second.By == ContactWay.DoNotContactFirst ? Reach.Unanswered with { Phone = first.Phone ?? second.Phone, Email = first.Email ?? second.Email }
            : StaysOpen(first, second.DoNot) ? first
            : StaysOpen(second, first.DoNot) ? second
            : first with { By = ContactWay.DoNotContactFirst, To = null };
        var otherPhone = first.Phone is not null && second.Phone is not null && first.Phone != second.Phone;
        return kept with
        {
            DoNot = doNot,
            PhoneIsPrivate = first.PhoneIsPrivate && second.PhoneIsPrivate && !otherPhone,
            CheckBeforeContact = first.CheckBeforeContact || second.CheckBeforeContact || otherPhone || first.By != second.By || DifferentTimes(first, second),
            BestTime = kept.BestTime ?? first.BestTime ?? second.BestTime,
            Words = Both(first.Words, second.Words),
        };
    }

    /// <summary>
    /// What is taken over from somebody who is, or may be, somebody else: every "do not", that the phone may not be private, and that a worker checks first.
    /// Never their number, address, way, time or words: those would bring this person's messages to a stranger.
    /// </summary>
    public static Reach OnlyTheStricter(Reach mine, Reach theirs)
    {
        var kept = mine with { DoNot = mine.DoNot | theirs.DoNot, PhoneIsPrivate = mine.PhoneIsPrivate && theirs.PhoneIsPrivate, CheckBeforeContact = true };
        return StaysOpen(kept with { DoNot = mine.DoNot }, theirs.DoNot) ? kept : kept with { By = ContactWay.DoNotContactFirst, To = null };
    }

    /// <summary>The ways by which something may be sent without a worker's look: the one that was chosen, or none.</summary>
    public static IReadOnlySet<ContactWay> Channels(Reach reach) =>
        reach is { CheckBeforeContact: false, By: ContactWay.Text or ContactWay.Email or ContactWay.Letter } && Open(reach, reach.By)
            ? new HashSet<ContactWay> { reach.By } : FrozenSet<ContactWay>.Empty;

    /// <summary>May a worker use this way at this time?</summary>
    /// <param name="at">London wall-clock time.</param>
    public static bool Allows(Reach reach, ContactWay way, TimeOnly at) =>
        reach.By == way && Open(reach, way) && !(way == ContactWay.Phone && reach.DoNot.HasFlag(DoNot.AfterThree) && at >= Three);

    /// <summary>What it is about may stand in a text only where nobody else reads the phone; otherwise a neutral line and a link or code.</summary>
    public static bool ContentMayGoByText(Reach reach) => reach.PhoneIsPrivate && Channels(reach).Contains(ContactWay.Text);

    /// <summary>What is wrong with it as it was written down; null: nothing.</summary>
    public static Common.Refusal? Problem(Reach reach) => reach switch
    {
        { By: ContactWay.Text, Phone: null } => new("phone", "Write the mobile number that texts go to.", "phone"),
        { By: ContactWay.Text } when !Phone.IsMobile(reach.Phone!) => new("phone", "Texts need a mobile number, like 07700 900123.", "phone"),
        { By: ContactWay.Phone, Phone: null } => new("phone", "Write the number to ring.", "phone"),
        { By: ContactWay.Email, Email: null } => new("email", "Write the email address, like name@example.org.", "email"),
        { By: ContactWay.Letter or ContactWay.ThroughSomeone, To: null } => new("to", reach.By == ContactWay.Letter ? "Write the address that letters may go to." : "Write who they are reached through.", "to"),
        { PhoneIsPrivate: true, Phone: null, Email: null } => new("private", "Nobody else reads which phone? Write the number, or take the tick away.", "private"),
        _ when Clash(reach) => new("doNot", "What they chose and what they said not to do do not go together. Ask them again.", "doNot"),
        { Words.Length: > 1000 } => new("words", "Shorten their words to 1,000 letters.", "words"),
        { BestTime.Length: > 80 } => new("bestTime", "Keep the time short, like 9am to 2:30pm.", "bestTime"),
        _ => null,
    };

    /// <summary>They chose a way, and said not to use it.</summary>
    public static bool Clash(Reach reach) => reach.By != ContactWay.DoNotContactFirst && !Open(reach, reach.By);

    /// <summary>
    /// May a letter for them go to this home? Letters that they do not want at home may go to the address that they gave instead. Where that reads like the home, or lies
    /// at its postcode, it may not: whoever lives there would open it.
    /// </summary>
    /// <param name="lines">House and street as they wrote them.</param>
    /// <param name="postcode">With or without its space.</param>
    public static bool LettersGoHome(Reach reach, string? lines, string? postcode)
    {
        if (reach is not { By: ContactWay.Letter, To: { } to } || (reach.DoNot & DoNot.Letter) == 0) return false;
        var (there, home, code) = (Squeezed(to), Squeezed(lines), Squeezed(postcode));
        return (code.Length > 4 && there.Contains(code, StringComparison.Ordinal))
            || (home.Length > 0 && (there.Contains(home, StringComparison.Ordinal) || home.Contains(there, StringComparison.Ordinal)));
    }

    private static string Squeezed(string? text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Says which safe contact was shown, and nothing of what it was.</summary>
    public static string Mark(Reach? reach) => reach is null ? "none" : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(reach)))[..16];

    /// <summary>A voice message may be left only where the phone may be rung and no "do not" speaks against it.</summary>
    public static bool MayLeaveVoiceMessage(Reach reach) => reach.By == ContactWay.Phone && Open(reach, ContactWay.Phone) && (reach.DoNot & DoNot.VoiceMessage) == 0;

    /// <summary>One record's way, with what another record says not to do. Where only the other says no to letters at home, the address here may be that home.</summary>
    private static bool StaysOpen(Reach reach, DoNot others) =>
        Open(reach with { DoNot = reach.DoNot | others }, reach.By) && !(reach.By == ContactWay.Letter && (others & ~reach.DoNot & DoNot.Letter) != 0);

    private static bool Open(Reach reach, ContactWay way) => way switch
    {
        ContactWay.DoNotContactFirst => false,
        ContactWay.Text => (reach.DoNot & DoNot.Text) == 0,
        ContactWay.Phone => (reach.DoNot & DoNot.Phone) == 0 && !((reach.DoNot & DoNot.Landline) != 0 && reach.Phone is { } phone && !Phone.IsMobile(phone)),
        ContactWay.Email => (reach.DoNot & DoNot.Email) == 0,
        // "Not to my home" says nothing against the address that they gave for letters.
        ContactWay.Letter => (reach.DoNot & DoNot.Letter) == 0 || !string.IsNullOrWhiteSpace(reach.To),
        _ => true,
    };

    /// <summary>The strip on every page about a household: <c>Reach Leanne by text, 9am to 2:30pm. No voice messages.</c></summary>
    /// <param name="otherAdults">Somebody else in the home may listen: the talk is with this person only.</param>
    public static string Strip(string firstName, Reach reach, bool otherAdults)
    {
        var text = new StringBuilder(160);
        if (firstName.Length == 0) firstName = "them";
        if (reach.By == ContactWay.DoNotContactFirst) text.Append("Do not contact ").Append(firstName).Append(" first: how to do it safely has not been agreed.");
        else if (Clash(reach)) text.Append("Do not contact ").Append(firstName).Append(" first: what was said about it does not go together.");
        else
        {
            text.Append("Reach ").Append(firstName).Append(reach.By switch
            {
                ContactWay.Text => " by text",
                ContactWay.Phone => " by phone",
                ContactWay.Email => " by email",
                ContactWay.Letter => " by letter",
                _ => reach.To is { } someone ? $" through {someone}" : " through the person who asked",
            });
            if (reach.BestTime is { } time) text.Append(", ").Append(time);
            text.Append('.');
        }
        foreach (var no in DoNots(reach)) text.Append(' ').Append(no).Append('.');
        if (reach.CheckBeforeContact) text.Append(" Check how before the first contact.");
        if (otherAdults && (reach.DoNot & DoNot.SpeakToOthers) == 0) text.Append(" Talk about this only with ").Append(firstName).Append('.');
        return text.ToString();
    }

    /// <summary>A few words for a list: <c>Text only</c>, <c>Phone, not after 3pm</c>.</summary>
    public static string InBrief(Reach reach)
    {
        if (reach.By == ContactWay.DoNotContactFirst || Clash(reach)) return "Do not contact first";
        if (reach.CheckBeforeContact) return "Check before contact";
        var way = reach.By switch { ContactWay.Text => "Text", ContactWay.Phone => "Phone", ContactWay.Email => "Email", ContactWay.Letter => "Letter", _ => "Through someone" };
        if (reach.By == ContactWay.Phone && (reach.DoNot & DoNot.AfterThree) != 0) return "Phone, not after 3pm";
        if (reach.By == ContactWay.Phone && (reach.DoNot & DoNot.VoiceMessage) != 0) return "Phone, no voice messages";
        return reach.By == ContactWay.ThroughSomeone ? way : $"{way} only";
    }

    private static IEnumerable<string> DoNots(Reach reach)
    {
        var no = reach.DoNot;
        if ((no & DoNot.Phone) != 0) yield return (no & DoNot.VoiceMessage) != 0 ? "No phone calls or voice messages" : "No phone calls";
        else if ((no & DoNot.VoiceMessage) != 0) yield return "No voice messages";
        if ((no & DoNot.Landline) != 0) yield return "Do not ring the landline";
        if ((no & DoNot.AfterThree) != 0) yield return "Do not phone after 3pm";
        if ((no & DoNot.Text) != 0) yield return "No texts";
        if ((no & DoNot.Email) != 0) yield return "No emails";
        if ((no & DoNot.Letter) != 0) yield return Open(reach, ContactWay.Letter) && reach.By == ContactWay.Letter ? "No letters to any address but the one they gave" : "No letters";
        if ((no & DoNot.Visit) != 0) yield return "No visits";
        if ((no & DoNot.SpeakToOthers) != 0) yield return "Speak to nobody else in the home about it";
    }

    private static bool DifferentTimes(Reach first, Reach second) => first.BestTime is { } a && second.BestTime is { } b && a != b;
    private static string? Both(string? a, string? b) => a is null || a == b ? b : b is null ? a : $"{a}\n{b}";
}
