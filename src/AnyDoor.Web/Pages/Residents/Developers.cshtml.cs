using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Api;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>One thing that a developer may want, and the call that gives it.</summary>
/// <param name="Path">After the API's own address; it answers as it stands here.</param>
public sealed record ApiExample(string Title, string Says, string Path);

/// <summary>How to use the menu's open API: calls that answer as they stand. A test makes each of them.</summary>
public sealed class DevelopersModel(MenuDirectory directory) : PageModel
{
    public string Root => $"{Request.Scheme}://{Request.Host}{OpenReferralApi.Base}";
    public IReadOnlyList<ApiExample> Examples { get; private set; } = [];
    public int Services { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        var shown = index.Services.Where(s => s.Visibility == Visibility.Public).ToList();
        Services = shown.Count;
        List<ApiExample> examples =
        [
            new("What this is", "Version, profile and where its description is.", "/"),
            new("The first page of services", "Fifty at a time; page and per_page choose others.", "/services"),
            new("Everything, a record a line", "For a copy of your own. Streams, so read it line by line.", "/services?format=ndjson&full=true"),
            new("Only names and what changed", "id, name, status and last_modified of all at once: compare with your copy.", "/services?minimal=true"),
            new("What changed since a moment", "Take the time of your last call.", "/services?modified_after=2026-11-01T00:00:00Z"),
            new("Search in plain words", "Slips and other words for the same are understood; the likeliest come first.", "/services?search=no%20food%20in"),
            new("Near a postcode", "Places within so many metres.", "/service_at_locations?postcode=PE13%203EQ&proximity=1500"),
            new("Kinds of help", "The terms that services are sorted by; a term’s id then filters services.", "/taxonomy_terms"),
        ];
        if (shown is [var one, ..]) examples.Add(new("One service whole", "By its id, with times, places, costs and who it is for.", $"/services/{one.Uuid}"));
        Examples = examples;
    }
}
