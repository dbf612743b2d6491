using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Agreements;

/// <summary>One agreement: what it says, what stops with it, every version, and its moves.</summary>
public sealed class DetailModel(AnyDoor.Sharing.Agreements agreements) : StaffPage
{
    protected override string? Area => "information";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Why { get; set; }
    [BindProperty] public int Edit { get; set; }
    public AgreementFile Register { get; private set; } = null!;
    public IReadOnlyList<Refusal> Missing { get; private set; } = [];
    public DateOnly Today => LondonTime.DayOf(Now);

    public AgreementVersion? Draft => Register.Versions.FirstOrDefault(v => v.State == AgreementState.Draft);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostInForceAsync(CancellationToken cancel) => await MoveAsync((who, c) => agreements.ComeIntoForceAsync(who, Id, Edit, c), cancel);

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancel) => await MoveAsync((who, c) => agreements.EndAsync(who, Id, Why, c), cancel);

    private async Task<IActionResult> MoveAsync(Func<AuditContext, CancellationToken, Task<Result<Guid>>> move, CancellationToken cancel)
    {
        if (!May("keep-agreements") || !await LoadAsync(cancel)) return NotFound();
        var done = await move(Who(Purpose.Assurance), cancel);
        if (done.Done) return LocalRedirect($"/staff/agreements/{Id}");
        if (done.Refusal.Code == "not-found") return NotFound();
        await LoadAsync(cancel);
        Refuse(done.Refusal, done.Refusal.Field == "why" ? nameof(Why) : "");
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await agreements.FindAsync(Id, Today, cancel) is not { } file) return false;
        Register = file;
        if (Draft is { } draft)
        {
            var (wrong, missing) = await agreements.CheckAsync(draft.Terms, Today, cancel);
            (Missing, Edit) = ([.. wrong, .. missing], Request.Method == "GET" ? draft.Edit : Edit);
        }
        return true;
    }

    public string By(Guid? worker) => worker is { } id ? Register.Names.GetValueOrDefault(id, "somebody") : "AnyDoor itself";
    private static string Names(IEnumerable<string> ids, IReadOnlyList<LegalChoice> choices) => string.Join("; ", ids.Select(id => choices.FirstOrDefault(c => c.Id == id)?.Name ?? id));

    public IEnumerable<(string Key, string Value)> Rows
    {
        get
        {
            var (terms, rules) = (Register.Line.Terms, AgreementRules.Current);
            yield return ("Parties", Register.Line.Parties.Count == 0 ? "Not said yet" : string.Join(", ", Register.Line.Parties));
            yield return ("What for", terms.WhatFor.Length == 0 ? "Not said yet" : terms.WhatFor);
            yield return ("Purposes", terms.Purposes.Count == 0 ? "Not said yet" : string.Join("; ", terms.Purposes.Select(LookWords.Of)));
            yield return ("What is shared", terms.WhatIsShared.Length == 0 ? "Not said yet" : terms.WhatIsShared);
            yield return ("Kinds of fact", terms.Categories.Count == 0 ? "Not said yet" : string.Join("; ", terms.Categories.Select(SharingWords.Of)));
            yield return ("Lawful basis", terms.Bases.Count == 0 ? "Not said yet" : Names(terms.Bases, rules.Bases));
            if (terms.Condition is { } condition && rules.Conditions.FirstOrDefault(c => c.Id == condition) is { } known) yield return ("Special categories", $"{known.Name} ({known.Law})");
            yield return ("Legal power", IndexModel.Power(terms) ?? "None needed");
            if (terms.Power == rules.Section35.Power)
            {
                yield return ("Section 35: objective", Names(terms.Objective is { } objective ? [objective] : [], rules.Section35.Objectives));
                if (terms.Factors.Count > 0) yield return ("Of the thirteen", Names(terms.Factors, rules.Section35.Factors));
                yield return ("Specified persons", $"Every party is named as one{(string.IsNullOrWhiteSpace(terms.SpecifiedEntry) ? "" : $" ({terms.SpecifiedEntry})")}");
                yield return ("Code of practice", $"{terms.Checks.Count} of {rules.Section35.Checks.Count} checks done");
            }
            yield return ("Impact assessment", (terms.Dpia ?? "Not said yet") + (terms.DpiaReviewOn is { } review ? $". Looked at again on {LondonTime.Day(review)}" : ""));
            yield return ("Looked after by", Register.Line.Owner ?? "Nobody");
            yield return ("Starts", Register.Line.Version.StartsOn is { } starts ? LondonTime.Day(starts) : "Not said yet");
            yield return ("Ends", Register.Line.Version.EndsOn is { } ends ? $"{LondonTime.Day(ends)}, at the end of the day" : "No end date");
        }
    }
}
