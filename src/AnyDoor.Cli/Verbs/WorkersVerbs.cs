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
        var kind = new Option<string?>("--kind") { Description = $"What the organisation is, where nobody has said so yet: {string.Join(", ", Staff.KindWords)}. Default: the hub for its first hub adviser, otherwise other." };
        var create = new Command("create", "Add a worker.") { handle, organisation, role, name, kind };
        create.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var made = await s.Get<Staff>().CreateAsync(parsed.GetValue(handle)!, parsed.GetValue(name), parsed.GetValue(organisation)!, parsed.GetValue(role)!,
                s.Who("workers create", Purpose.Assurance), s.Cancel, parsed.GetValue(kind));
            if (!made.Done) return Verb.Session.Refuse(made.Refusal);
            s.Print(new { worker = made.Value.Handle }, $"Added: {made.Value.Handle}.");
            return 0;
        }, cancel));
        return new Command("workers", "Workers.")
        {
            create,
            Invite(),
            SignOut(),
            Turn("disable", "Take away a worker’s access at once, and that of their keys. What they did stays theirs.", active: false, "is disabled"),
            Turn("enable", "Let a disabled worker work again, and their keys that were not revoked.", active: true, "may work"),
        };
    }

    private static Command Invite()
    {
        var handle = new Option<string>("--handle") { Description = "The worker, by handle.", Required = true };
        var email = new Option<string?>("--email") { Description = "The work email they sign in with. They can change it when they open the link." };
        var invite = new Command("invite", "Make a one-time link with which a worker makes their way in, or a new one when they have lost it: for an administrator above all. Shown once; it works once, for 7 days.") { handle, email };
        invite.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var made = await s.Get<Invitations>().ByHandleAsync(parsed.GetValue(handle)!, parsed.GetValue(email), s.Who("workers invite", Purpose.Assurance), s.Cancel);
            if (!made.Done) return Verb.Session.Refuse(made.Refusal);
            s.Print(new { path = $"/staff/invitation/{made.Value}" }, $"Open this path on your AnyDoor’s address: /staff/invitation/{made.Value}");
            return 0;
        }, cancel));
        return invite;
    }

    private static Command SignOut()
    {
        var handle = new Option<string>("--handle") { Description = "The worker, by handle.", Required = true };
        var signOut = new Command("sign-out", "Sign a worker out everywhere. They may sign in again.") { handle };
        signOut.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            if (await s.Get<Staff>().FindAsync(parsed.GetValue(handle)!, s.Cancel) is not { } worker) return Verb.Session.Refuse(new Common.Refusal("not-found", $"There is no worker {parsed.GetValue(handle)}.", "handle"));
            var ended = await s.Get<StaffSessions>().EndAllAsync(s.Who("workers sign-out", Purpose.Assurance), worker.Id, s.Cancel);
            s.Print(new { worker = worker.Handle, sessions = ended.Value }, $"{worker.Handle} is signed out everywhere.");
            return 0;
        }, cancel));
        return signOut;
    }

    private static Command Turn(string verb, string what, bool active, string now)
    {
        var handle = new Option<string>("--handle") { Description = "The worker, by handle.", Required = true };
        var turn = new Command(verb, what) { handle };
        turn.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var done = await s.Get<Staff>().SetActiveAsync(parsed.GetValue(handle)!, active, s.Who($"workers {verb}", Purpose.Assurance), s.Cancel);
            if (!done.Done) return Verb.Session.Refuse(done.Refusal);
            s.Print(new { worker = done.Value.Handle, active }, $"{done.Value.Handle} {now}.");
            return 0;
        }, cancel));
        return turn;
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

        var list = new Command("list", "Every key and whose it is. Never its text, which nobody has.");
        list.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var keys = await s.Get<ApiKeys>().ListAsync(s.Cancel);
            s.Print(new { keys }, keys.Count == 0 ? ["There are no keys."]
                : keys.Select(k => $"{k.Worker}: {string.Join(", ", k.Scopes)}, made on {k.CreatedAt:yyyy-MM-dd}. {(k.RevokedAt is { } at ? $"Revoked on {at:yyyy-MM-dd}." : k.Works ? "Works." : "Its worker is disabled.")}"));
            return 0;
        }, cancel));
        return new Command("keys", "Keys for partners' systems.") { create, list, Revoke() };
    }

    private static Command Revoke()
    {
        var key = new Argument<string?>("key") { Description = "The key; “-” reads it from standard input, so that it stands in no history.", Arity = ArgumentArity.ZeroOrOne };
        var worker = new Option<string?>("--worker") { Description = "Every key of this worker instead, by handle: for a key whose text is lost." };
        var revoke = new Command("revoke", "Make a key, or every key of a worker, worthless at once.") { key, worker };
        revoke.Validators.Add(found => { if (found.GetResult(key) is { Tokens.Count: > 0 } == found.GetResult(worker) is not null) found.AddError("Give a key, or “-” to read it from standard input, or --worker."); });
        revoke.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var who = s.Who("keys revoke", Purpose.Assurance);
            if (parsed.GetValue(worker) is { } handle)
            {
                var all = await s.Get<ApiKeys>().RevokeAllAsync(handle, who, s.Cancel);
                if (!all.Done) return Verb.Session.Refuse(all.Refusal);
                s.Print(new { revoked = true, keys = all.Value }, all.Value switch { 0 => $"{handle} has no key that works.", 1 => "Revoked: 1 key.", var many => $"Revoked: {many:N0} keys." });
                return 0;
            }
            var text = parsed.GetValue(key)! is "-" ? (await Console.In.ReadLineAsync(s.Cancel) ?? "").Trim() : parsed.GetValue(key)!;
            var done = await s.Get<ApiKeys>().RevokeAsync(text, who, s.Cancel);
            if (!done.Done) return Verb.Session.Refuse(done.Refusal);
            s.Print(new { revoked = true }, "Revoked.");
            return 0;
        }, cancel));
        return revoke;
    }
}
