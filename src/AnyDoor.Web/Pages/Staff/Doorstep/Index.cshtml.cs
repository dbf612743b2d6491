using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Doorstep;

/// <summary>The first of three taps: where. Any place of any district; what is typed leads to the place nearest and is kept nowhere.</summary>
public sealed class IndexModel(MenuDirectory directory, PostcodeDirectory postcodes) : StaffPage
{
    protected override string? Area => null;

    private static readonly ILookup<string, NamedPlace> ByDistrict = GapPlace.Named.Values.DistinctBy(p => (p.Point, p.District)).OrderBy(p => p.Name, StringComparer.Ordinal).ToLookup(p => p.District!);

    [BindProperty] public string? Near { get; set; }

    public IEnumerable<(District District, IEnumerable<(string Slug, string Name)> Places)> Places =>
        District.All.Select(d => (d, ByDistrict[d.Code].Select(p => (new GapPlace(p.District!, p.Name).Slug, p.Name))));

    public string? Problem { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        if (!string.IsNullOrWhiteSpace(Near) && Near.Length <= 60 && Whereabouts.Find(null, Near, index, postcodes) is { } found && GapPlace.Of(found) is { District: not MenuGap.NotKnown } place) return LocalRedirect($"/staff/doorstep/{place.Slug}");
        Problem = string.IsNullOrWhiteSpace(Near) ? "Enter a place or a postcode, or choose one below." : "We do not know that place. Try a town or the first half of a postcode, or choose one below.";
        return Page();
    }
}
