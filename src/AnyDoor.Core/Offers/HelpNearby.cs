using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

/// <summary>The menu matched to every need. When nothing was asked for yet, what is open to everyone.</summary>
internal static class HelpNearby
{
    /// <summary>What is put in front of somebody who has not said what they need.</summary>
    private static readonly string[] OpenToEveryone = ["food", "heating-or-electricity", "benefits-check", "someone-to-talk-to"];
    private static readonly string[] ForDisability = ["personal-independence-payment", "disability-living-allowance", "attendance-allowance"];
    private const string NotSafe = "not-safe";
    private const int Most = 14;
    private const int MostLeftOut = 6;

    public static MenuQuery Query(OfferSnapshot snapshot, IReadOnlyList<string> needs) => new()
    {
        Needs = needs, Place = snapshot.Place, Facts = snapshot.Facts, At = snapshot.At, Reader = snapshot.Reader, Language = snapshot.Language, StepFree = StepsMatter(snapshot.Facts), Most = Most, HubTelephone = snapshot.Hub.Telephone,
    };

    /// <summary>Somebody said that an illness or a disability makes daily life harder, or gets money for one.</summary>
    private static bool StepsMatter(Facts facts) => facts.Options("health.affects_daily_life") is ["yes"] || facts.Options("benefits.list")?.Any(ForDisability.Contains) == true;

    public static (List<OfferLine> Lines, IReadOnlyList<string> Gaps) Lines(OfferSnapshot snapshot, IReadOnlySet<string> taken, List<OfferLine> lookedAt)
    {
        var needs = snapshot.Needs.Count > 0 ? snapshot.Needs : OpenToEveryone;
        var found = MenuMatch.Match(snapshot.Menu, Query(snapshot, needs));
        var lines = found.Hits.Where(h => !taken.Contains(h.Service.Id)).Select(h => Line(h, OfferState.Place)).ToList();
        lines.AddRange(found.Missing.Select(m => new OfferLine
        {
            Id = $"menu:none:{m.NeedId}", Title = $"{Words.Current.Need(m.NeedId)?.Plain ?? m.NeedId}: nothing near", State = OfferState.Missing, Worth = "ring", Why = m.Words, Needs = [m.NeedId], Quiet = m.NeedId == NotSafe,
            Next = m.NearestBeyond is { } beyond ? new(StepKind.Ring, $"{beyond.Service.Name}: {beyond.NextStep}", beyond.Service.Id) : new(StepKind.Ring, $"Ring {snapshot.Hub.Telephone}."),
        }));
        lookedAt.AddRange(found.LeftOut.Take(MostLeftOut).Select(l => new OfferLine
        {
            Id = $"menu:{l.Service.Id}", Title = l.Service.Name, State = OfferState.NotOffered, Worth = "not offered", Why = $"{l.Why}.", Quiet = l.Service.Needs.Contains(NotSafe),
            Next = new(StepKind.Ask, "If that is wrong, change the answer and it comes back."),
        }));
        return (lines, snapshot.Needs.Count > 0 ? [.. found.Missing.Select(m => m.NeedId)] : []);
    }

    public static OfferLine Line(MenuHit hit, OfferState state)
    {
        var ask = Questions.Of(hit.Ask);
        var service = hit.Service;
        return new OfferLine
        {
            Id = $"menu:{service.Id}", Title = service.Name, State = state, Why = hit.Why, Needs = hit.Meets, Facts = hit.Facts, Ask = ask,
            Worth = hit.Facts.Count > 2 ? hit.Facts[2] : service.Cost.Words, How = service.Contribution?.Words, Level = MenuLevels.Words(service), Quiet = service.Needs.Contains(NotSafe),
            Next = new(service.HowToUse switch { HowToUse.Referral or HowToUse.Handover => StepKind.HandOver, HowToUse.WalkIn or HowToUse.WalkInOrHandover when hit.Location is not null => StepKind.Go, _ => StepKind.Ring }, hit.NextStep, service.Id),
        };
    }
}
