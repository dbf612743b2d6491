using AnyDoor.Audit;
using AnyDoor.Rights;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.SubjectRequests;

/// <summary>One place's items, each as it was written and as they will read it, with every mark to decide.</summary>
public sealed class PlaceModel(SubjectDesk desk) : SubjectPage(desk)
{
    [BindProperty(SupportsGet = true)] public int N { get; set; }
    [BindProperty] public string? Passage { get; set; }
    [BindProperty] public string? Why { get; set; }
    /// <summary>The item whose form was sent, so that what is wrong shows there.</summary>
    public Guid? At { get; private set; }

    public string Place => SubjectPlaces.All[N];
    public IReadOnlyList<SubjectItem> Items => [.. Subject.Items.Where(i => i.Place == Place).OrderBy(i => i.ToDecide || Marks(i).Any(m => m.Choice == MarkChoice.Undecided) ? 0 : 1).ThenBy(i => i.Number)];
    public IEnumerable<SubjectMark> Marks(SubjectItem item) => Subject.Marks.Where(m => m.ItemId == item.Id).OrderBy(m => m.Start);
    private string Here => $"{Back}/place/{N}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => Known && await LoadAsync(cancel) && Subject.Request.IsOpen ? Page() : NotFound();

    private bool Known => N >= 0 && N < SubjectPlaces.All.Count;

    public Task<IActionResult> OnPostMarksAsync(Guid item, string? reason, CancellationToken cancel)
    {
        At = item;
        var decisions = Request.Form.Keys.Where(k => k.StartsWith("m-", StringComparison.Ordinal) && Guid.TryParse(k[2..], out _))
            .Select(k => new MarkDecision(Guid.Parse(k[2..]), Enum.TryParse<MarkChoice>(Request.Form[k], out var choice) ? choice : MarkChoice.Undecided, Request.Form[$"i-{k[2..]}"].ToString())).ToList();
        return KnownAsync(() => Desk.DecideMarksAsync(Who(Purpose.Assurance), Ref, decisions, reason, cancel), item, cancel);
    }

    public Task<IActionResult> OnPostMarkAsync(Guid item, string? passage, MarkChoice choice, string? instead, CancellationToken cancel)
    {
        At = item;
        return KnownAsync(() => Desk.MarkAsync(Who(Purpose.Assurance), Ref, item, passage ?? "", choice, instead, cancel), item, cancel);
    }

    public Task<IActionResult> OnPostItemAsync(Guid item, string? code, string? why, CancellationToken cancel)
    {
        At = item;
        return KnownAsync(() => Desk.DecideItemAsync(Who(Purpose.Assurance), Ref, item, string.IsNullOrEmpty(code) ? null : code, why, cancel), item, cancel);
    }

    public Task<IActionResult> OnPostLeaveOutAsync(string? why, CancellationToken cancel) => KnownAsync(() => Desk.LeaveOutPlaceAsync(Who(Purpose.Assurance), Ref, Place, why, cancel), null, cancel);
    public Task<IActionResult> OnPostReadAsync(CancellationToken cancel) => KnownAsync(() => Desk.ReadPlaceAsync(Who(Purpose.Assurance), Ref, Place, cancel), null, cancel);

    private async Task<IActionResult> KnownAsync(Func<Task<Common.Result<string>>> work, Guid? item, CancellationToken cancel)
    {
        if (!Known) return NotFound();
        return await DoAsync(work, $"/staff/subject-requests/{Ref}/place/{N}{(item is null ? "" : $"#i-{item}")}", "", cancel);
    }

    /// <summary>A text with its marks numbered, as it is or as it will be read.</summary>
    public IHtmlContent Show(SubjectItem item, bool asRead)
    {
        var built = new HtmlContentBuilder();
        var at = 0;
        foreach (var (mark, n) in Marks(item).Select((m, n) => (m, n + 1)))
        {
            if (mark.Start < at) continue;
            built.Append(item.Body[at..mark.Start]);
            at = mark.Start + mark.Length;
            var text = item.Body[mark.Start..at];
            built.AppendHtml("<mark class=\"any-mark\">").Append(asRead ? ThirdParties.Apply(text, [Shifted(mark)]) : text).AppendHtml("<sup>").Append(n.ToString(System.Globalization.CultureInfo.InvariantCulture)).AppendHtml("</sup></mark>");
        }
        return built.Append(item.Body[at..]);
    }

    private static SubjectMark Shifted(SubjectMark m) => new() { Id = m.Id, ItemId = m.ItemId, SubjectRequestId = m.SubjectRequestId, Start = 0, Length = m.Length, What = m.What, Suggested = m.Suggested, Choice = m.Choice, Instead = m.Instead };
}
