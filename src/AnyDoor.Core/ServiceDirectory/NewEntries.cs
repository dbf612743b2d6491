using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>New entries of the menu that a partner writes. One is on no list until somebody else approves it, by the same review as every change.</summary>
public sealed class NewEntries(Commands commands)
{
    /// <summary>What is not asked of a new one: it is open, for everybody to see, and served where its writer may post for.</summary>
    private static readonly string[] NotAsked = ["status", "alert", "level", "other_days", "address_told", "areas", "room", "waiting", "diets", "give", "support", EntryFields.Seen];

    private static readonly (string Field, string Why)[] Needed = [("need", "Choose what it helps with most.")];

    /// <summary>The form of a new entry, in parts.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<EntryField> Fields)> Parts { get; } =
        [.. EntryFields.Parts(Blank("", "")).Select(p => (p.Title, (IReadOnlyList<EntryField>)[.. p.Fields.Where(f => !NotAsked.Contains(f.Id))])).Where(p => p.Item2.Count > 0)];

    /// <summary>An entry that says nothing yet.</summary>
    public static Service Blank(string id, string organisation) => new()
    {
        Id = id, Name = "", Organisation = organisation, Needs = [], Description = "", Cost = new ServiceCost(CostKind.Free, "Free"), HowToUse = HowToUse.WalkIn, Delivered = [], Locations = [], AreasServed = [], Opening = new Opening([]), Languages = ["en"],
        LastChecked = default, Owner = organisation,
    };

    /// <summary>The entry as it would be.</summary>
    internal static Service Proposed(ServiceEdit edit) =>
        ServiceEdits.ChangesOf(edit).Aggregate(Blank(edit.ServiceId, edit.From), (entry, change) => EntryFields.Find(entry, change.Field)?.Write(entry, change.After) is { Done: true } written ? written.Value : entry);

    /// <summary>Sends a new entry to be looked at. With problems, nothing is kept and everything typed is the caller's to show again.</summary>
    /// <param name="areas">The areas that it is for.</param>
    /// <param name="within">What of it lies outside of where they may post for, by field.</param>
    /// <param name="again">An earlier one of theirs that this takes the place of: it was sent back, or waits.</param>
    public async Task<EditSent> ProposeAsync(AuditContext who, WhoIsWorking worker, IReadOnlyDictionary<string, string> values, IReadOnlyList<string> areas, Func<Service, IEnumerable<(string Field, string Why)>> within, Guid? again, CancellationToken cancel)
    {
        var blank = Blank(Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)).ToString(), worker.OrganisationName);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var (after, changes) = (blank, new List<FieldChange>());
        void Take(EntryField field, string typed, bool needed)
        {
            var (before, text) = (field.Read(blank), typed.Replace("\r\n", "\n", StringComparison.Ordinal).Trim());
            if (!needed && text == field.Read(after)) return;
            var written = field.Write(after, text);
            if (!written.Done) { problems[field.Id] = written.Refusal.Sentence; return; }
            after = written.Value;
            if (field.Read(after) is var said && said != before) changes.Add(new FieldChange(field.Id, before, said));
        }
        var fields = Parts.SelectMany(p => p.Fields).ToList();
        foreach (var field in fields)
        {
            var needed = field.Id is "name" or "description" or "given";
            // What was not asked stays as a blank one has it.
            if (values.TryGetValue(field.Id, out var typed) || needed) Take(field, typed ?? "", needed);
        }
        Take(EntryFields.Find(blank, "areas")!, string.Join('\n', areas), needed: true);
        foreach (var (field, why) in Needed) if (fields.Find(f => f.Id == field)!.Read(after).Length == 0) problems.TryAdd(field, why);
        if (after.Delivered.Contains(Delivery.Place) && after.Locations.Count == 0) problems.TryAdd("place0_name", "Enter the name of the place, like Village hall, or choose another way that it is given.");
        if (after.Locations is [{ Name.Length: 0 }, ..]) problems.TryAdd("place0_name", "Enter the name of the place, like Village hall.");
        foreach (var (field, why) in within(after)) problems.TryAdd(field, why);
        if (problems.Count > 0) return new EditSent(null, problems);

        var sent = await commands.RunAsync<Guid>(who, async c =>
        {
            var earlier = again is { } id ? await c.Db.Set<ServiceEdit>().AsTracking().SingleOrDefaultAsync(e => e.Id == id && e.IsNew && e.ProposedBy == worker.WorkerId && (e.State == EditState.Waiting || e.State == EditState.SentBack), c.Cancel) : null;
            if (again is not null && earlier is null) return new Refusal("gone", "Somebody decided about that one just now. See what came of it.");
            if (earlier is null)
            {
                var demo = await c.Db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(c.Cancel) == true;
                var body = JsonSerializer.Serialize(blank with { Invented = demo, LastChecked = LondonTime.DayOf(c.Who.At) }, ServiceJson.Options);
                c.Insert(new ServiceRow
                {
                    Id = blank.Id, Name = after.Name, Organisation = blank.Organisation, Visibility = Visibility.Public, LastChecked = LondonTime.DayOf(c.Who.At), Owner = blank.Owner, Body = body, Fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(body)),
                    Invented = demo, ChangedAt = c.Who.At, ChangeNumber = await MenuService.NextNumberAsync(c), NeverConfirmed = true, RemovedAt = c.Who.At, Version = 1,
                });
            }
            else (earlier.State, earlier.DecidedAt, earlier.DecidedBy, earlier.Version) = (EditState.Withdrawn, c.Who.At, worker.WorkerId, earlier.Version + 1);
            var edit = new ServiceEdit
            {
                Id = Guid.CreateVersion7(), ServiceId = earlier?.ServiceId ?? blank.Id, ProposedBy = worker.WorkerId, IsNew = true, OrganisationId = worker.OrganisationId, From = worker.OrganisationName, OfProvider = true, ProposedAt = c.Who.At,
                Changes = JsonSerializer.Serialize(changes, ContentFiles.Json), State = EditState.Waiting, Version = 1,
            };
            c.Insert(edit);
            c.Record("menu.entry-proposed", edit.Id, content: edit.ServiceId);
            return edit.Id;
        }, cancel);
        return sent.Done ? new EditSent(sent.Value, problems) : new EditSent(null, new Dictionary<string, string> { [""] = sent.Refusal.Sentence });
    }
}
