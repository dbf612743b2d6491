using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>What is read back to one person, from their own answers only: to change, to print, and to text where nobody else reads that phone.</summary>
public sealed class ReadBackModel(HubSittings sittings, SettingsDesk settings, Commands commands, RequestPost post) : RequestPage(sittings, settings)
{
    [BindProperty] public string? Words { get; set; }
    [BindProperty] public Guid FormKey { get; set; }
    public bool Ready { get; private set; }
    public MessageChannel? Sent { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("read-back", Purpose.RespondToRequest, cancel)) return NotFound();
        (Words, FormKey) = (ReadBack.Words, Guid.NewGuid());
        return Page();
    }

    /// <summary>The words as they are: to print, or to text.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("read-back", Purpose.RespondToRequest, cancel)) return NotFound();
        Ready = Check();
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken cancel) => await LoadAsync("read-back", Purpose.RespondToRequest, cancel) ? Page() : NotFound();

    /// <summary>Into the outbox, once: what safe contact allows is judged here, and again when it goes.</summary>
    public async Task<IActionResult> OnPostTextAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync("read-back", Purpose.RespondToRequest, cancel)) return NotFound();
        if (!Check()) return Page();
        var request = Sitting.Request.Id;
        var queued = await commands.RunAsync<MessageChannel>(Who(), async c =>
        {
            var decision = await post.QueueReadBackAsync(c, request, Words!);
            return decision.Done ? decision.Value.Channel : decision.Refusal;
        }, cancel, new Once($"read-back:{Worker.WorkerId}", FormKey.ToString("N"), SHA256.HashData(Encoding.UTF8.GetBytes($"{Ref}\n{Words}"))));
        if (queued.Done) { (Ready, Sent) = (true, queued.Value); return Page(); }
        Ready = queued.Refusal.Field is null;
        Refuse(queued.Refusal.Code == Commands.KeyReused ? new Refusal("sent", "These words were sent already. To send others, start from the conversation again.") : queued.Refusal, queued.Refusal.Field is null ? "" : nameof(Words));
        return Page();
    }

    private bool Check()
    {
        if (string.IsNullOrWhiteSpace(Words)) ModelState.AddModelError(nameof(Words), "Write what is read back");
        else if (Words.Length > 4000) ModelState.AddModelError(nameof(Words), "Use 4,000 letters or fewer");
        return ModelState.IsValid;
    }
}
