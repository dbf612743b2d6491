using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Agreements;

/// <summary>The agreement form: a new one, or a version of one that is there. It saves a draft; what may never stand is refused beside its field.</summary>
public abstract class AgreementForm(AnyDoor.Sharing.Agreements agreements) : StaffPage
{
    protected override string? Area => "information";

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? WhatFor { get; set; }
    [BindProperty] public string? WhatIsShared { get; set; }
    [BindProperty] public List<Guid> Parties { get; set; } = [];
    [BindProperty] public List<Purpose> Purposes { get; set; } = [];
    [BindProperty] public List<DataCategory> Categories { get; set; } = [];
    [BindProperty] public List<string> Bases { get; set; } = [];
    [BindProperty] public string? Condition { get; set; }
    [BindProperty] public string? Power { get; set; }
    [BindProperty] public string? Objective { get; set; }
    [BindProperty] public List<string> Factors { get; set; } = [];
    [BindProperty] public List<Guid> Specified { get; set; } = [];
    [BindProperty] public string? SpecifiedEntry { get; set; }
    [BindProperty] public List<string> Checks { get; set; } = [];
    [BindProperty] public string? Dpia { get; set; }
    [BindProperty] public DateAnswer? DpiaReviewOn { get; set; }
    [BindProperty] public DateAnswer? StartsOn { get; set; }
    [BindProperty] public DateAnswer? EndsOn { get; set; }
    [BindProperty] public Guid? Owner { get; set; }
    [BindProperty] public int? Edit { get; set; }

    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];
    public IReadOnlyList<(Guid Id, string Name)> Owners { get; private set; } = [];
    public abstract string Back { get; }

    protected AnyDoor.Sharing.Agreements Register => agreements;

    protected async Task LoadAsync(CancellationToken cancel)
    {
        Organisations = [.. (await agreements.OrganisationsAsync(LondonTime.DayOf(Now), cancel)).Select(o => o.Organisation)];
        Owners = await agreements.OwnersAsync(cancel);
    }

    protected void Show(AgreementTerms terms)
    {
        (Name, WhatFor, WhatIsShared, Parties, Purposes, Categories, Bases) = (terms.Name, terms.WhatFor, terms.WhatIsShared, [.. terms.Parties], [.. terms.Purposes], [.. terms.Categories], [.. terms.Bases]);
        (Condition, Power, Objective, Factors, Specified, SpecifiedEntry, Checks) = (terms.Condition, terms.Power, terms.Objective, [.. terms.Factors], [.. terms.Specified], terms.SpecifiedEntry, [.. terms.Checks]);
        (Dpia, DpiaReviewOn, StartsOn, EndsOn, Owner) = (terms.Dpia, new DateAnswer(terms.DpiaReviewOn), new DateAnswer(terms.StartsOn), new DateAnswer(terms.EndsOn), terms.Owner);
    }

    protected async Task<IActionResult> SaveAsync(Guid? agreement, CancellationToken cancel)
    {
        if (!May("keep-agreements")) return NotFound();
        await LoadAsync(cancel);
        // What was bound wrongly (a made-up purpose) is as if it were not there: the list says what there is.
        ModelState.Clear();
        var section = Empty(Power) == AgreementRules.Current.Section35.Power;
        var terms = new AgreementTerms((Name ?? "").Trim(), (WhatFor ?? "").Trim(), (WhatIsShared ?? "").Trim(), [.. Parties.Distinct()], [.. Purposes.Distinct()], [.. Categories.Distinct()], [.. Bases.Distinct()], Empty(Condition), Empty(Power),
            section ? Empty(Objective) : null, section ? [.. Factors.Distinct()] : [], section ? [.. Specified.Distinct()] : [], section ? Empty(SpecifiedEntry) : null, section ? [.. Checks.Distinct()] : [],
            Empty(Dpia), DayOf(DpiaReviewOn, nameof(DpiaReviewOn)), DayOf(StartsOn, nameof(StartsOn)), DayOf(EndsOn, nameof(EndsOn)), Owner);
        foreach (var refusal in (await agreements.CheckAsync(terms, LondonTime.DayOf(Now), cancel)).Wrong) Refuse(refusal, FieldOf(refusal));
        if (!ModelState.IsValid) return Page();
        var saved = await agreements.SaveAsync(Who(Purpose.Assurance), agreement, terms, Edit, cancel);
        if (saved.Done) return LocalRedirect($"/staff/agreements/{saved.Value}");
        if (saved.Refusal.Code == "not-found") return NotFound();
        Refuse(saved.Refusal, FieldOf(saved.Refusal));
        return Page();
    }

    private DateOnly? DayOf(DateAnswer? typed, string field)
    {
        var problem = (typed ?? new DateAnswer()).Read(out var day);
        if (problem is DateProblem.None) return day;
        if (problem is not DateProblem.Empty) ModelState.AddModelError(DateAnswer.PartOf(problem) is { } part ? $"{field}.{part}" : field, "Put the whole day, like 31 3 2027.");
        return null;
    }

    private static string? Empty(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
    private static string FieldOf(Refusal refusal) => refusal.Field is { } field ? Say.Upper(field) : "";
}
