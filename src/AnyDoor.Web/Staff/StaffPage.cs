using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Web.Api;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Staff;

/// <summary>A page of the staff side: only for roles whose table names its area. For everybody else it is not there.</summary>
public abstract class StaffPage : PageModel
{
    /// <summary>As <c>roles.json</c> has it; null: for everybody who is signed in.</summary>
    protected abstract string? Area { get; }

    /// <summary>The door that staff write through.</summary>
    protected const string Door = "phone-county-hub";

    protected WorkingAs Working => HttpContext.RequestServices.GetRequiredService<WorkingAs>();
    public WhoIsWorking Worker => Working.Worker;
    public DateTime Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().UtcNow();

    protected AuditContext Who(Purpose purpose = Purpose.RespondToRequest, string? reason = null) => Working.For(purpose, reason);

    protected ReadContext Reading(string page, Purpose purpose = Purpose.RespondToRequest) => ReadContext.ForWorker(Worker, purpose, page, Door, Now);

    protected bool May(string action) => RoleTable.Default.May(Worker.Role, action);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Area is { } area && !RoleTable.Default.MayOpen(Worker.Role, area)) { await RefusedAsync(); context.Result = NotFound(); return; }
        var meter = HttpContext.RequestServices.GetRequiredService<CallMeter>();
        // What is there is answered alike, so that nothing is learned by waiting for the difference.
        if (Asked is not null && meter.MissedTooOften(Worker.WorkerId) is { } seconds)
        {
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            context.Result = StatusCode(StatusCodes.Status429TooManyRequests);
            return;
        }
        // A form posted to nothing is for something that is not there: the page has nothing to show.
        if (context.HandlerMethod is null && HttpMethods.IsPost(Request.Method)) { context.Result = NotFound(); return; }
        var result = (await next()).Result;
        if (result is PageResult) await NotesAsync();
        if (result is not NotFoundResult || Asked is null) return;
        meter.Miss(Worker.WorkerId);
        // A household's own page has said so already, with its id.
        if (Folder is not ("households" or "requests")) await RefusedAsync();
    }

    /// <summary>Folders of pages about people, each opened by a reference or an id in its address.</summary>
    private static readonly string[] Records = ["requests", "households", "handovers", "emergency", "awards", "subject-requests", "imports", "reviews"];

    private string? Folder => Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["staff", var folder, ..] ? folder : null;

    /// <summary>The reference or id of a record in the address; null: the page is about no record.</summary>
    private string? Asked => Records.Contains(Folder) ? RouteData.Values["ref"] as string ?? RouteData.Values["id"]?.ToString() : null;

    /// <summary>Somebody asked for a record that they may not open, or that is not there: one line in the log either way. A reference stands there by a keyed hash of it.</summary>
    private async Task RefusedAsync()
    {
        if (Asked is not { } asked) return;
        var services = HttpContext.RequestServices;
        var subject = Guid.TryParse(asked, out var id) ? id : services.GetRequiredService<LogKey>().OfAsked(asked);
        await services.GetRequiredService<ReadLog>().RecordAsync(Who(), "reference", ReadLog.Refused, [subject], HttpContext.RequestAborted);
    }

    /// <summary>What the layout says above a page: read after the page has done its work, so that it is as things stand now.</summary>
    private async Task NotesAsync()
    {
        var services = HttpContext.RequestServices;
        var (frame, desk) = (services.GetRequiredService<PageFrame>(), services.GetRequiredService<InformationDesk>());
        // Both of these show each of them by itself.
        if (RoleTable.Default.MayOpen(Worker.Role, "information") && Request.Path != "/staff/information" && Request.Path != "/staff/looks")
            frame.Emergencies = await desk.EmergencyCountAsync(HttpContext.RequestAborted);
        if (Request.Path == services.GetRequiredService<StaffLinks>().Home(Worker.Role) || Request.Path == "/staff/account")
            frame.Asked = await desk.AskedCountAsync(Worker.WorkerId, HttpContext.RequestAborted);
    }

    /// <summary>Puts a refusal beside its field, or on top when it has none.</summary>
    protected void Refuse(Refusal refusal, string? field = null) => ModelState.AddModelError(field ?? refusal.Field ?? "", refusal.Sentence);
}
