using AnyDoor.Common;
using AnyDoor.Households;

namespace AnyDoor.Messages;

/// <summary>May a message go by itself, which way, and may it say what it is about?</summary>
/// <param name="Why">Why it may not go, for staff.</param>
public readonly record struct PostDecision(MessageChannel Channel, bool Content, string? Why)
{
    public static PostDecision No(string why) => new(MessageChannel.None, false, why);
}

/// <summary>What is known of the person a message is for.</summary>
/// <param name="AtRisk">Somebody may be looking for them.</param>
/// <param name="NothingByItself">Why nothing goes to them without a worker's hand; null: it may.</param>
/// <param name="Homes">Where they live, so that a letter they want elsewhere does not go there.</param>
internal sealed record Addressee(Reach Reach, bool AtRisk, string? Language, string? NothingByItself, IReadOnlyList<(string? Lines, string? Postcode)>? Homes = null);

/// <summary>Safe contact for everything that goes without a worker's look. Pure; the strict side wins.</summary>
internal static class PostRules
{
    public const string Imported = "An imported request is never messaged by itself.";
    public const string DoNotContactFirst = "How to reach them safely is not answered: do not contact first.";

    public static PostDecision Decide(Addressee to)
    {
        var reach = to.Reach;
        if (to.NothingByItself is { } why) return PostDecision.No(why);
        if (reach.By == ContactWay.DoNotContactFirst) return PostDecision.No(DoNotContactFirst);
        if (reach.CheckBeforeContact) return PostDecision.No("Their own words are stricter than the box: check before contact.");
        if (reach.By == ContactWay.Phone) return PostDecision.No("They chose a call: a person rings.");
        if (reach.By == ContactWay.ThroughSomeone) return PostDecision.No("They are reached through somebody they trust: a person does it.");
        if (!SafeContacts.Channels(reach).Contains(reach.By)) return PostDecision.No("What they chose and what they said not to do do not go together: ask them.");
        if (to.Homes?.Any(home => SafeContacts.LettersGoHome(reach, home.Lines, home.Postcode)) == true) return PostDecision.No("They do not want letters at home, and the address they gave looks like their home: ask them.");
        // Where somebody may be looking for them, only a phone that nobody else reads, and even there nothing of what it is about.
        if (to.AtRisk && !(reach is { By: ContactWay.Text or ContactWay.Email, PhoneIsPrivate: true })) return PostDecision.No("Somebody may be looking for them: a person decides.");
        return reach.By switch
        {
            ContactWay.Text when reach.Phone is not { } phone || !Phone.IsMobile(phone) => PostDecision.No("A text needs a mobile number, and this is not one."),
            ContactWay.Text => new PostDecision(MessageChannel.Text, reach.PhoneIsPrivate && !to.AtRisk, null),
            ContactWay.Email when string.IsNullOrWhiteSpace(reach.Email) => PostDecision.No("There is no email address."),
            ContactWay.Email => new PostDecision(MessageChannel.Email, reach.PhoneIsPrivate && !to.AtRisk, null),
            ContactWay.Letter when string.IsNullOrWhiteSpace(reach.To) => PostDecision.No("There is no address that they said we may write to."),
            _ => new PostDecision(MessageChannel.Letter, true, null),
        };
    }

    /// <summary>
    /// May a worker's own words go, which say what it is about? Only to a phone or mail that nobody else reads. A person presses the button here, so an import is not in the way;
    /// everything else that stops a message stops this one.
    /// </summary>
    public static PostDecision DecideWords(Addressee to)
    {
        var decision = Decide(to);
        if (decision.Channel == MessageChannel.None) return decision;
        if (decision.Channel == MessageChannel.Letter) return PostDecision.No("They chose letters: print it, and post it to where they said.");
        if (to.AtRisk) return PostDecision.No("Somebody may be looking for them: nothing of what it is about goes to a phone.");
        return decision.Content ? decision : PostDecision.No(decision.Channel == MessageChannel.Text ? "Others may read that phone: nobody has said that it is private." : "Others may read that mail: nobody has said that it is private.");
    }

    /// <summary>The number or address for this way.</summary>
    public static string Address(Reach reach, MessageChannel channel) => channel switch
    {
        MessageChannel.Text => reach.Phone!,
        MessageChannel.Email => reach.Email!,
        _ => reach.To!,
    };
}
