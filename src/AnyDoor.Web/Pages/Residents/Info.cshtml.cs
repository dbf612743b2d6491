using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>What a public service says about itself: accessibility, cookies, complaints, contact.</summary>
public sealed class InfoModel(ResidentVisit visit, Texts texts) : PageModel
{
    /// <summary>The paragraphs of each, and which have a heading. The first is the statement that the 2018 Regulations ask for.</summary>
    internal static readonly Dictionary<string, (int Part, bool Titled)[]> Paragraphs = new()
    {
        ["accessibility"] = [(1, false), (2, true), (5, true), (6, true), (3, true), (4, true), (7, true)],
        ["cookies"] = Plain, ["complaints"] = Plain, ["contact"] = Plain,
    };

    private static (int, bool)[] Plain => [(1, false), (2, false), (3, false)];

    public string Name { get; private set; } = "";
    public string Us { get; private set; } = "";
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
        (Us, Phone, Email, Address) = (us.Name ?? none, us.Telephone ?? none, us.Email ?? none, us.Address ?? none);
        Complaints = us.Complaints?.Email ?? us.Email ?? none;
        Hours = CrisisExits.Hours(settings, texts);
    }
}
