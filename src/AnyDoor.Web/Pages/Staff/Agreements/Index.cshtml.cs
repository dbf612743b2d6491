using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Web.TagHelpers;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Agreements;

/// <summary>The register of sharing agreements: what needs somebody, what ends when, and what stops with it (R-ISA-01).</summary>
public sealed class IndexModel(AnyDoor.Sharing.Agreements agreements, InformationDesk desk) : StaffPage
{
    protected override string? Area => "information";

    /// <summary><c>need</c>: those that need somebody; <c>assessment</c>: those whose impact assessment is due.</summary>
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }
    public IReadOnlyList<AgreementLine> All { get; private set; } = [];
    public IReadOnlyList<(Organisation Organisation, bool Needs, bool Covered)> Organisations { get; private set; } = [];
    public IReadOnlyList<Raised> Raised { get; private set; } = [];
    public DateOnly Today => LondonTime.DayOf(Now);

    public IReadOnlyList<AgreementLine> Shown => Show switch { "need" => [.. All.Where(NeedsSomebody)], "assessment" => [.. All.Where(AssessmentDue)], _ => All };
    public bool NeedsSomebody(AgreementLine line) => line.Version.EndsSoon(Today) || line.Version.HasRunOut(Today) || line.Version.State == AgreementState.Draft || line.HasDraft || line.Owner is null;
    public bool AssessmentDue(AgreementLine line) => line.Version.State == AgreementState.InForce && line.Terms.DpiaReviewOn is { } on && on.DayNumber - Today.DayNumber <= AgreementVersion.DaysOfWarning;
    public string NameOf(Guid? agreement) => All.FirstOrDefault(l => l.Version.AgreementId == agreement)?.Terms.Name ?? "An agreement";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        All = await agreements.ListAsync(Today, cancel);
        Organisations = await agreements.OrganisationsAsync(Today, cancel);
        Raised = await desk.RaisedAsync("agreement-", cancel);
    }

    /// <summary>Says that an organisation shares only under an agreement, or need not.</summary>
    public async Task<IActionResult> OnPostNeedAsync(Guid organisation, bool needed, CancellationToken cancel)
    {
        if (!May("keep-agreements")) return NotFound();
        return await AfterAsync(await agreements.NeedAsync(Who(Purpose.Assurance), organisation, needed, cancel), "#only-under", cancel);
    }

    public async Task<IActionResult> OnPostSeenAsync(Guid notice, CancellationToken cancel)
    {
        if (!May("answer-notice")) return NotFound();
        return await AfterAsync(await desk.SeenAsync(Who(Purpose.Assurance), notice, cancel), "", cancel);
    }

    private async Task<IActionResult> AfterAsync(Result<bool> done, string part, CancellationToken cancel)
    {
        if (done is { Done: true, Value: false }) return NotFound();
        if (done.Done) return LocalRedirect("/staff/agreements" + part);
        Refuse(done.Refusal!);
        await OnGetAsync(cancel);
        return Page();
    }

    public static string Depends(AgreementLine line)
    {
        var (permissions, handovers, keys) = (line.Depends.Sum(d => d.Permissions), line.Depends.Sum(d => d.Handovers), line.Depends.Sum(d => d.Keys));
        List<string> parts = [Say.Count(line.Depends.Count, "partner")];
        if (permissions > 0) parts.Add(Say.Count(permissions, "permission"));
        if (handovers > 0) parts.Add(Say.Count(handovers, "handover"));
        if (keys > 0) parts.Add(Say.Count(keys, "key"));
        return string.Join(", ", parts);
    }

    public static string Bases(AgreementTerms terms) => string.Join("; ", terms.Bases.Select(b => AgreementRules.Current.Bases.FirstOrDefault(known => known.Id == b)?.Name ?? b));
    public static string? Power(AgreementTerms terms) => AgreementRules.Current.Powers.FirstOrDefault(p => p.Id == terms.Power)?.Name;

    public static (TagKind Kind, string Words) Tag(AgreementVersion version, DateOnly today) => (version switch
    {
        _ when version.State == AgreementState.Ended || version.HasRunOut(today) => TagKind.Now,
        _ when version.State == AgreementState.Draft || version.EndsSoon(today) => TagKind.Soon,
        { EndsOn: null } => TagKind.Ok,
        _ => TagKind.Plain,
    }, SharingWords.Ends(version, today));
}
