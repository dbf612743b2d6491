using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

/// <summary>Something a household may be asked to allow: what for, and what the organisation would see. Dated data (<c>Content/permissions.json</c>).</summary>
/// <param name="Kind">Which kind of organisation it is asked about, like <c>landlord</c>.</param>
/// <param name="WouldSee">As it is said to them.</param>
public sealed record PermissionAsk(string Id, string WhatFor, string Kind, string WouldSee, Purpose Purpose, IReadOnlyList<DataCategory> Categories);

/// <summary>What was asked, and what they said.</summary>
/// <param name="EndsWith">It ends with this request; none: on the day, or when they say stop.</param>
public sealed record NewPermissionSaid(Guid HouseholdId, Guid PersonId, Guid OrganisationId, string AskId, bool Allowed, string How, DateOnly? Until = null, Guid? EndsWith = null);

/// <summary>One permission as staff read it.</summary>
public sealed record PermissionLine(Guid Id, Guid PersonId, Guid? OrganisationId, string To, string WhatFor, string WouldSee, bool Allowed, DateTime At, string How, string? ToldTo, DateOnly? Until, bool EndsWithRequest, DateTime? WithdrawnAt)
{
    public bool Stands(DateTime at) => Allowed && WithdrawnAt is null && (Until is not { } until || LondonTime.DayOf(at) <= until);
}

/// <summary>Keeps what a household allows and takes back. What was said stays as history; the newest counts, and the gate reads nothing else.</summary>
public sealed class Permissions(Database database, Commands commands)
{
    /// <summary>They did it themselves, on the page of their own request.</summary>
    public const string OwnPage = "own-page";

    private static readonly string[] Hows = ["spoken", "in-person", "written", OwnPage];
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["landlord"] = "Their landlord", ["advice"] = "An advice centre", ["food-bank"] = "A food bank", ["school"] = "The children’s school", ["doctor"] = "Their doctor",
    };

    private static readonly AsksFile File = ContentFiles.Read<AsksFile>("permissions.json");

    /// <summary>How long a yes on the form lasts: nobody was there to ask them for how long.</summary>
    public static int MonthsFromForm => File.MonthsFromForm;

    public static IReadOnlyList<PermissionAsk> Asks { get; } = File.Asks
        .Select(a => new PermissionAsk(a.Id, a.WhatFor, a.Kind, a.WouldSee, Purpose.Handover, [.. a.Categories.Select(c => Enum.Parse<DataCategory>(c.Replace("-", "", StringComparison.Ordinal), ignoreCase: true))])).ToList();

    /// <summary>How residents are asked about an organisation of this kind; null: they are not asked about all of its kind.</summary>
    public static string? KindOf(OrganisationKind kind) => kind switch
    {
        OrganisationKind.HousingAssociation => "landlord", OrganisationKind.AdviceAgency => "advice", OrganisationKind.FoodBank => "food-bank", OrganisationKind.School => "school",
        OrganisationKind.Health => "doctor", _ => null,
    };

    /// <summary>Everything that was said for these households, the newest first, by organisation.</summary>
    public async Task<IReadOnlyList<PermissionLine>> OfAsync(IReadOnlyList<Guid> households, CancellationToken cancel)
    {
        await using var db = database.Open();
        var said = await db.Set<Permission>().Where(p => households.Contains(p.HouseholdId)).OrderByDescending(p => p.GivenAt).ThenByDescending(p => p.Id).ToListAsync(cancel);
        var organisations = said.Select(p => p.OrganisationId).OfType<Guid>().Distinct().ToArray();
        var names = await db.Set<Organisation>().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        var workers = said.Select(p => p.RecordedBy).OfType<Guid>().Distinct().ToArray();
        var told = await db.Set<Worker>().Where(w => workers.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        return said.ConvertAll(p => new PermissionLine(p.Id, p.PersonId, p.OrganisationId, p.OrganisationId is { } id ? names.GetValueOrDefault(id, "An organisation") : p.ToNamed ?? Kinds.GetValueOrDefault(p.ToKind ?? "", "An organisation"),
            p.WhatFor ?? Asks.FirstOrDefault(a => a.Kind == p.ToKind)?.WhatFor ?? "To help with what they asked", p.OrganisationId is null && p.WhatFor is not null ? "Just that, as the form asked it" : Asks.FirstOrDefault(a => a.WhatFor == p.WhatFor)?.WouldSee ?? Seen(p.Categories),
            p.Allowed, p.GivenAt, p.How, p.RecordedBy is { } by ? told.GetValueOrDefault(by) : null, p.Until, p.EndsWith is not null, p.WithdrawnAt));
    }

    /// <summary>Writes down a yes or a no. A yes to the same again, on the same terms, writes nothing.</summary>
    public Task<Result<Guid>> SayAsync(AuditContext who, NewPermissionSaid said, CancellationToken cancel) => commands.RunAsync(who, c => SayAsync(c, said), cancel);

    /// <summary>As above, inside somebody else's command.</summary>
    internal static async Task<Result<Guid>> SayAsync(Command c, NewPermissionSaid said)
    {
        if (Asks.FirstOrDefault(a => a.Id == said.AskId) is not { } ask) return new Refusal("what-for", "Choose what it is for.", "whatFor");
        if (!Hows.Contains(said.How)) return new Refusal("how", "Choose how they said it: on the call, in person, or in writing.", "how");
        if (said.Until < LondonTime.DayOf(c.Who.At)) return new Refusal("until", "Choose a day that has not passed.", "until");
        if (!await c.Db.Set<Organisation>().AnyAsync(o => o.Id == said.OrganisationId, c.Cancel)) return new Refusal("organisation", "Choose the organisation from the list.", "organisation");
        var last = await c.Db.Set<Permission>().Where(p => p.HouseholdId == said.HouseholdId && p.PersonId == said.PersonId && p.OrganisationId == said.OrganisationId && p.WhatFor == ask.WhatFor)
            .OrderByDescending(p => p.GivenAt).ThenByDescending(p => p.Id).FirstOrDefaultAsync(c.Cancel);
        if (last is { WithdrawnAt: null } && (last.Allowed, last.Until, last.EndsWith) == (said.Allowed, said.Until, said.EndsWith)) return last.Id;
        var permission = new Permission
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = said.HouseholdId, PersonId = said.PersonId, OrganisationId = said.OrganisationId, ToKind = ask.Kind, Purpose = ask.Purpose,
            Categories = string.Join(',', ask.Categories), Allowed = said.Allowed, GivenAt = c.Who.At, How = said.How, Until = said.Allowed ? said.Until : null, EndsWith = said.Allowed ? said.EndsWith : null,
            WhatFor = ask.WhatFor, RecordedBy = c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null,
        };
        c.Insert(permission);
        c.Record(said.Allowed ? "permission.given" : "permission.refused", permission.Id, said.HouseholdId);
        return permission.Id;
    }

    /// <summary>Takes a yes back, from now on: whoever had the page open is refused at the next press.</summary>
    public Task<Result<bool>> WithdrawAsync(AuditContext who, IReadOnlyList<Guid> households, Guid permission, CancellationToken cancel) => commands.RunAsync(who, c => WithdrawAsync(c, households, permission), cancel);

    /// <summary>As above, inside somebody else's command.</summary>
    internal static async Task<Result<bool>> WithdrawAsync(Command c, IReadOnlyList<Guid> households, Guid permission)
    {
        var given = await c.Db.Set<Permission>().AsTracking().SingleOrDefaultAsync(p => p.Id == permission && households.Contains(p.HouseholdId), c.Cancel);
        if (given is null) return false;
        if (!given.Allowed || given.WithdrawnAt is not null) return new Refusal("not-standing", "There is nothing to withdraw: it was a no, or was taken back before.");
        given.WithdrawnAt = c.Who.At;
        c.Record("permission.withdrawn", given.Id, given.HouseholdId);
        return true;
    }

    /// <summary>Ends what was allowed only until this ended. It stood to the end of that day.</summary>
    public static Task<int> EndWithAsync(Command c, Guid cause)
    {
        var today = LondonTime.DayOf(c.Who.At);
        return c.Db.Set<Permission>().Where(p => p.EndsWith == cause && p.WithdrawnAt == null && (p.Until == null || p.Until > today)).ExecuteUpdateAsync(p => p.SetProperty(x => x.Until, today), c.Cancel);
    }

    private static string Seen(string categories) => string.Join(", ", categories.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(c => Enum.TryParse<DataCategory>(c, out var category) ? InWords(category) : c));

    public static string InWords(DataCategory category) => category switch
    {
        DataCategory.IdentityAndContact => "name and how to reach them", DataCategory.Safety => "how to reach them safely", DataCategory.HouseholdComposition => "who lives at home", DataCategory.NeedsAndAnswers => "what they need",
        DataCategory.Money => "money coming in and owed", DataCategory.HealthAndDisability => "health", DataCategory.ChildrenAndEducation => "the children and school", DataCategory.PlanAndCaseNotes => "plan and notes", _ => "equality answers",
    };

    private sealed record AsksFile(int MonthsFromForm, IReadOnlyList<AskRow> Asks);
    private sealed record AskRow(string Id, string WhatFor, string Kind, string WouldSee, IReadOnlyList<string> Categories);
}
