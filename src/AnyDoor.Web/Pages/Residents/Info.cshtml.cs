using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>What a public service says about itself: accessibility, cookies, complaints, contact.</summary>
public sealed class InfoModel(ResidentVisit visit, Texts texts) : PageModel
{
    /// <summary>How many paragraphs each has.</summary>
    internal static readonly Dictionary<string, int> Paragraphs = new() { ["accessibility"] = 4, ["cookies"] = 3, ["complaints"] = 3, ["contact"] = 3 };

    public string Name { get; private set; } = "";
    public string Phone { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string Complaints { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Hours { get; private set; } = "";

    public async Task OnGetAsync(string name, CancellationToken cancel)
    {
        Name = name;
        var settings = await visit.SettingsAsync(cancel);
        var us = settings.Partnership;
        var none = texts.Plain("info.not-set");
        (Phone, Email, Address) = (us.Telephone ?? none, us.Email ?? none, us.Address ?? none);
        Complaints = us.Complaints?.Email ?? us.Email ?? none;
        Hours = CrisisExits.Hours(settings, texts);
    }
}
