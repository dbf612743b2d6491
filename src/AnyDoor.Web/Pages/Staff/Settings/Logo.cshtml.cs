using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>The partnership's logo: put one in, or take it away.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = MostSent), LargestUpload(MostSent)]
public sealed class LogoModel(SettingsDesk desk) : StaffPage
{
    private const long MostSent = 4 * 1024 * 1024;

    protected override string? Area => "settings";

    [BindProperty] public IFormFile? Picture { get; set; }
    public PartnershipPicture? Current { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "too-large")] bool tooLarge, CancellationToken cancel)
    {
        if (tooLarge) ModelState.AddModelError(nameof(Picture), $"Choose a picture of {LogoImage.MostBytes / 1024} KB or less.");
        await LoadAsync(cancel);
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        if (Guid.TryParse((await desk.CurrentAsync(cancel)).Partnership.Logo, out var id)) Current = await desk.PictureAsync(id, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("edit-settings")) return NotFound();
        using var bytes = new MemoryStream();
        if (Picture is not null) await Picture.CopyToAsync(bytes, cancel);
        var done = await desk.PutLogoAsync(bytes.ToArray(), Who(Purpose.Assurance), cancel);
        if (done.Done) return LocalRedirect("/staff/settings?saved=partnership");
        ModelState.AddModelError(nameof(Picture), done.Refusal.Sentence);
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        if (!May("edit-settings")) return NotFound();
        await desk.SetLogoAsync(null, Who(Purpose.Assurance), cancel);
        return LocalRedirect("/staff/settings?saved=partnership");
    }
}
