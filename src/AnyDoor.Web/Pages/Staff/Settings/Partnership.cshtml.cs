using System.Text.Json.Nodes;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>Who the partnership is and how to reach it.</summary>
public sealed class PartnershipModel(SettingsDesk desk) : SettingsPage(desk)
{
    public override string Key => "partnership";

    [BindProperty] public string? PartnershipName { get; set; }
    [BindProperty] public string? ShortName { get; set; }
    [BindProperty] public string? WebAddress { get; set; }
    [BindProperty] public string? Telephone { get; set; }
    [BindProperty] public string? HelpDesk { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Address { get; set; }
    [BindProperty] public string? ComplaintsHow { get; set; }
    [BindProperty] public string? ComplaintsTelephone { get; set; }
    [BindProperty] public string? ComplaintsEmail { get; set; }
    [BindProperty] public string? PrivacyContact { get; set; }
    [BindProperty] public string? SecurityContact { get; set; }

    protected override string? FieldOf(string path) => path == "name" ? nameof(PartnershipName) : base.FieldOf(path);

    public void OnGet()
    {
        Version = Part.Version;
        var us = Part.Body!;
        string? Of(string name) => (string?)us[name];
        (PartnershipName, ShortName, WebAddress, Telephone, HelpDesk, Email, Address) = (Of("name"), Of("short_name"), Of("web_address"), Of("telephone"), Of("help_desk"), Of("email"), Of("address"));
        (PrivacyContact, SecurityContact) = (Of("privacy_contact"), Of("security_contact"));
        if (us["complaints"] is JsonObject complaints) (ComplaintsHow, ComplaintsTelephone, ComplaintsEmail) = ((string?)complaints["how"], (string?)complaints["telephone"], (string?)complaints["email"]);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var us = Body();
        foreach (var (name, value) in new[]
        {
            ("name", PartnershipName), ("short_name", ShortName), ("web_address", WebAddress), ("telephone", Telephone), ("help_desk", HelpDesk), ("email", Email), ("address", Address),
            ("privacy_contact", PrivacyContact), ("security_contact", SecurityContact),
        })
            us[name] = Typed(value);
        us["complaints"] = new JsonObject { ["how"] = Typed(ComplaintsHow), ["telephone"] = Typed(ComplaintsTelephone), ["email"] = Typed(ComplaintsEmail) };
        return SaveAsync(us, cancel);
    }
}
