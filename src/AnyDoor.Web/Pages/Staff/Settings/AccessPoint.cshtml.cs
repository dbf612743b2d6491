using System.Text.Json.Nodes;
using AnyDoor.Organisations;
using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>One access point, or a new one.</summary>
public sealed class AccessPointModel(SettingsDesk desk) : SettingsPage(desk)
{
    public const string New = "new";

    public override string Key => "access_points";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public string? PointName { get; set; }
    [BindProperty] public List<string> Districts { get; set; } = [];
    [BindProperty] public string? Telephone { get; set; }
    [BindProperty] public string? Web { get; set; }
    [BindProperty] public string? Owner { get; set; }
    [BindProperty] public DateAnswer? ReviewOn { get; set; }
    [BindProperty] public string? Source { get; set; }

    public bool IsNew => Id == New;
    public string What => IsNew ? "Add an access point" : (string?)One(Part.Body!, Id)?["name"] ?? Id;
    private string Point => IsNew ? AnyDoor.Organisations.Staff.Handle(PointName ?? "") is { Length: > 0 } handle ? handle : New : Id;

    protected override string? FieldOf(string path) =>
        !path.StartsWith(Point + "/", StringComparison.Ordinal) ? null : path[(Point.Length + 1)..] is var field && field == "name" ? nameof(PointName) : base.FieldOf(field);

    public IActionResult OnGet()
    {
        Version = Part.Version;
        if (IsNew) return Page();
        if (One(Part.Body!, Id) is not { } one) return NotFound();
        string? Of(string name) => (string?)one[name];
        (PointName, Telephone, Web, Owner, Source) = (Of("name"), Of("telephone"), Of("web"), Of("owner"), Of("source"));
        Districts = [.. one["districts"]?.AsArray().Select(d => (string)d!) ?? []];
        ReviewOn = new DateAnswer(Of("review_on") is { } on ? DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture) : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var points = Body();
        var one = One(points, Point);
        if (IsNew && one is not null) ModelState.AddModelError(nameof(PointName), "There is one by this name already. Change that one, or give this one another name.");
        if (IsNew && one is null) points.AsArray().Add(one = new JsonObject { ["id"] = Point });
        if (one is null) return NotFound();
        foreach (var (name, value) in new[] { ("name", PointName), ("telephone", Telephone), ("web", Web), ("owner", Owner), ("source", Source) }) one[name] = Typed(value);
        one["districts"] = List(Districts);
        one["review_on"] = DayOf(ReviewOn, nameof(ReviewOn), "Put the whole day, like 26 2 2027.");
        return await SaveAsync(points, cancel);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        var points = Body();
        if (IsNew || One(points, Id) is not { } one) return NotFound();
        points.AsArray().Remove(one);
        OnGet();
        ModelState.Clear();
        return await SaveAsync(points, cancel);
    }
}
