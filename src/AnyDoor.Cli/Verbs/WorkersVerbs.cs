using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Organisations;

namespace AnyDoor.Cli.Verbs;

internal static class WorkersVerbs
{
    public static Command Workers()
    {
        var handle = new Option<string>("--handle") { Description = "A short name, like n.wexcombe.", Required = true };
        var organisation = new Option<string>("--organisation") { Description = "The organisation, by handle or name. Made if there is none.", Required = true };
        var role = new Option<string>("--role") { Description = $"One of: {string.Join(", ", Staff.RoleWords)}.", Required = true };
        var name = new Option<string?>("--name") { Description = "As other workers see it. Default: the handle." };
        var create = new Command("create", "Add a worker.") { handle, organisation, role, name };
        create.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var made = await s.Get<Staff>().CreateAsync(parsed.GetValue(handle)!, parsed.GetValue(name), parsed.GetValue(organisation)!, parsed.GetValue(role)!,
                s.Who("workers create", Purpose.Assurance), s.Cancel);
            if (!made.Done) return Verb.Session.Refuse(made.Refusal);
            s.Print(new { worker = made.Value.Handle }, $"Added: {made.Value.Handle}.");
            return 0;
        }, cancel));
        return new Command("workers", "Workers.") { create };
    }

    public static Command Keys()
    {
        var worker = new Option<string>("--worker") { Description = "The worker whose rights the key has, by handle.", Required = true };
        var create = new Command("create", "Make a key for a partner's system. It is shown once and never again.") { worker };
        create.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var made = await s.Get<ApiKeys>().CreateAsync(parsed.GetValue(worker)!, s.Who("keys create", Purpose.Assurance), s.Cancel);
            if (!made.Done) return Verb.Session.Refuse(made.Refusal);
            s.Print(new { key = made.Value }, made.Value);
            return 0;
        }, cancel));

        var key = new Argument<string>("key") { Description = "The key." };
        var revoke = new Command("revoke", "Make a key worthless at once.") { key };
        revoke.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var done = await s.Get<ApiKeys>().RevokeAsync(parsed.GetValue(key)!, s.Who("keys revoke", Purpose.Assurance), s.Cancel);
            if (!done.Done) return Verb.Session.Refuse(done.Refusal);
            s.Print(new { revoked = true }, "Revoked.");
            return 0;
        }, cancel));
        return new Command("keys", "Keys for partners' systems.") { create, revoke };
    }
}
