using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.States;

/// <summary>
/// Our error: what happened, what is kept, what to do. What was posted is put in the page again, so that "Try again" sends it,
/// unless it holds something secret or did not come from a form of ours.
/// </summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class WrongModel(IAntiforgery antiforgery, ILogger<WrongModel> log) : PageModel
{
    // No vowels and no look-alikes: it is read out on the telephone.
    private const string Letters = "23456789BCDFGHJKMNPQRTVWXY";
    private static readonly string[] Secret = ["password", "code", "pin", "secret"];

    /// <summary>What a person can say to us, and what the log has beside the fault.</summary>
    public string Code { get; } = RandomNumberGenerator.GetString(Letters, 6);

    public IReadOnlyList<(string Name, string Value)> Answers { get; private set; } = [];

    public string SendAgainTo { get; private set; } = "";

    public Task OnGetAsync() => SayAsync();
    public Task OnPostAsync() => SayAsync();

    private async Task SayAsync()
    {
        log.LogError("Told somebody that we went wrong, with the code {Code} (request {Request})", Code, HttpContext.TraceIdentifier);
        var path = HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (path is null || !HttpMethods.IsPost(Request.Method) || !Request.HasFormContentType) return;
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return;
        var form = await Request.ReadFormAsync();
        if (form.Files.Count > 0 || form.Keys.Any(key => Secret.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)))) return;
        SendAgainTo = path + Request.QueryString;
        // The framework's form tag helper adds a fresh token of its own.
        Answers = [.. form.Where(field => field.Key != "__RequestVerificationToken").SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))];
    }
}
