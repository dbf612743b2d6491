using AnyDoor.Organisations;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Who sees what people tell, for the door they came by: what AnyDoor does, and what the partnership adds (UK GDPR articles 13 and 14).</summary>
public sealed class PrivacyModel(ResidentVisit visit, Texts texts) : PageModel
{
    /// <summary>What UK GDPR article 13 asks for: who, under which law, for whom, how long, which rights, where to complain.</summary>
    internal static readonly string[] Parts = ["who", "law", "get", "keep", "rights", "ico"];

    [FromRoute] public string Door { get; set; } = Notices.Doors[0];
    public IReadOnlyList<string> Added { get; private set; } = [];
    public string Phone { get; private set; } = "";
    public string Contact { get; private set; } = "";
    public string Controller { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (!Notices.Doors.Contains(Door)) Door = Notices.Doors[0];
        var settings = await visit.SettingsAsync(cancel);
        var (us, none) = (settings.Partnership, texts.Plain("info.not-set"));
        (Phone, Contact, Controller) = (us.Telephone ?? none, us.PrivacyContact ?? us.Email ?? none, us.Name ?? none);
        Added = settings.Notices?.For(Door) ?? [];
    }
}
