using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

public sealed partial class Gatherer
{
    /// <summary>The words in the log: a reason for a look, why an award was made. They may speak of anybody at home, so each is decided.</summary>
    private async Task<List<Found>> ReasonsAsync(Whose of)
    {
        var own = of.Own.Select(r => r.Id).Concat(of.People).ToHashSet();
        var all = (await (from e in of.Db.Set<AuditEvent>() where e.HouseholdId != null && of.Homes.Contains(e.HouseholdId.Value) && e.ActorKind == ActorKind.Worker join x in of.Db.Set<AuditContent>() on e.Id equals x.EventId orderby e.Seq descending select new { e.At, e.Kind, e.SubjectId, e.Purpose, x.Body }).ToListAsync(of.Cancel))
            .Where(e => of.Lived(e.At) || (e.SubjectId is { } subject && own.Contains(subject))).ToList();
        var alone = !await of.Db.Set<Membership>().AnyAsync(m => of.Homes.Contains(m.HouseholdId) && !of.People.Contains(m.PersonId), of.Cancel);
        var found = all.Take(MostReasons).Reverse().Select(e => new Found(SubjectPlaces.Reasons, Words(e.Kind), e.At, Free(("Reason", e.Body)), alone ? OwnRecordScreen.Current.LeavesOut(e.Purpose) ? LeftOut.InPerson : null : LeftOut.AnotherPerson)).ToList();
        if (all.Count > MostReasons) found.Add(More(SubjectPlaces.Reasons, MostReasons, all.Count));
        return found;
    }

    /// <summary>Which are theirs, <see cref="OwnLooks"/> knows. What is looked at for somebody's safety, or by a place that nobody over their shoulder should read of, is told by a person.</summary>
    private async Task<List<Found>> LooksAsync(Whose of)
    {
        var (all, count) = await OwnLooks.ReadAsync(of.Db, of.Homes, of.People, of.Own, MostLooks, of.Cancel);
        var found = all.Where(l => l.ForThem || of.Lived(l.At))
            .GroupBy(l => (Day: LondonTime.DayOf(l.At), Who: l.By == ActorKind.System ? "A computer system" : l.Role is { } role ? RoleTable.Default.NameOf(role) : "A worker", Place: l.Organisation?.Name ?? "an organisation", l.Purpose, l.IsSearch, l.Theirs, l.Screened))
            .OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Who, StringComparer.Ordinal).ThenBy(g => g.Key.Place, StringComparer.Ordinal).ThenBy(g => g.Key.Purpose).ThenBy(g => g.Key.IsSearch)
            .Select(g => new Found(SubjectPlaces.Looks, $"{g.Key.Who}, {g.Key.Place}", g.Min(l => l.At), Lines(("Why", LookWords.Of(g.Key.Purpose)), ("On what ground", string.Join("; ", g.Select(l => LookWords.Basis(l.Basis)).Distinct().Order(StringComparer.Ordinal))),
                (g.Key.IsSearch ? "Came up in a search" : "Opened", Times(g.Count()))), !g.Key.Theirs ? LeftOut.AnotherPerson : g.Key.Screened ? LeftOut.InPerson : null)).ToList();
        if (count > all.Count) found.Add(More(SubjectPlaces.Looks, all.Count, count));
        return found;
    }

    /// <summary>What keeps their record, shuts it or opened it against the rule. Who knows them, and who agreed, is another person's.</summary>
    private static async Task<List<Found>> KeptAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        foreach (var hold in await db.Set<Hold>().Where(h => h.HouseholdId != null && of.Homes.Contains(h.HouseholdId.Value)).OrderBy(h => h.From).ToListAsync(of.Cancel))
            if (of.Lived(hold.From, hold.Until)) found.Add(new(SubjectPlaces.Kept, "Kept longer than usual", null, [.. Lines(("What for", Hold.InWords(hold.For)), ("From", LondonTime.Day(hold.From)), ("Until", hold.LiftedAt is { } lifted ? LondonTime.Day(LondonTime.DayOf(lifted)) : hold.Until is { } until ? LondonTime.Day(until) : "it is lifted")), .. Free(("Why", hold.Why))],
                hold.For switch { HoldFor.Safeguarding => LeftOut.InPerson, HoldFor.LegalClaim => LeftOut.Legal, _ => of.IfShared }));
        foreach (var tie in await db.Set<Tie>().Where(t => of.Homes.Contains(t.HouseholdId)).OrderBy(t => t.At).ToListAsync(of.Cancel))
            if (of.Lived(tie.At)) found.Add(new(SubjectPlaces.Kept, "A worker said that they know somebody in your home", tie.At, Lines(("What that did", "They cannot open your record."), ("Until", tie.EndedAt is { } ended ? LondonTime.Day(LondonTime.DayOf(ended)) : null)), of.IfShared));
        foreach (var opening in await db.Set<EmergencyOpening>().Where(o => of.Homes.Contains(o.HouseholdId)).OrderBy(o => o.At).ToListAsync(of.Cancel))
            if (of.Lived(opening.At)) found.Add(new(SubjectPlaces.Kept, "Opened because somebody may have been in danger", opening.At, Lines(("By which law", EmergencyRules.Current.Find(opening.Gateway)?.Law), ("Until", LondonTime.Day(LondonTime.DayOf(opening.Until))),
                ("The senior person who was asked", opening.Answer switch { SeniorAnswer.Agreed => "agreed", SeniorAnswer.Denied => "says that they did not agree", _ => "has not answered yet" })), of.Others ? LeftOut.AnotherPerson : LeftOut.InPerson));
        var own = of.Own.Select(r => r.Id).ToArray();
        foreach (var form in await db.Set<SuspectForm>().Where(x => own.Contains(x.RequestId)).OrderBy(x => x.At).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Kept, "Your form was looked at by a person first", form.At, Lines(("Why", form.Why.Replace("\n", "; ", StringComparison.Ordinal)), ("Held until then", form.Held ? "Yes" : "No"), ("What came of it", form.State switch { SuspectState.Waiting => "not looked at yet", SuspectState.Released => "into the queue", _ => "set aside" }))));
        return found;
    }

    private static string Times(int count) => count switch { 1 => "once", 2 => "twice", _ => $"{count.ToString("N0", CultureInfo.InvariantCulture)} times" };

    private static Found More(string place, int shown, int of) => new(place, "There are more", null, $"Only the newest {shown.ToString("N0", CultureInfo.InvariantCulture)} of {of.ToString("N0", CultureInfo.InvariantCulture)} are here. Ask us for the rest.");
}
