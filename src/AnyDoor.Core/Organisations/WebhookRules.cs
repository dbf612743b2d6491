using System.Net;
using System.Net.Sockets;

namespace AnyDoor.Organisations;

/// <summary>Where this installation may send to: the public internet by https. A setting opens single networks of its own, for tests and for a partner inside the council's network.</summary>
/// <param name="Allowed">Networks that are not public and are allowed all the same. There http is allowed too.</param>
public sealed record WebhookRules(IReadOnlyList<IPNetwork> Allowed)
{
    public const string Variable = "ANYDOOR_WEBHOOK_NETWORKS";

    // What is no single public host: RFC 6890 and its registry, and the wrappings of IPv4 in IPv6 (RFC 6052, 3056, 4380).
    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    }.Select(n => IPNetwork.Parse(n))];

    public static WebhookRules FromEnvironment() => Read(Environment.GetEnvironmentVariable(Variable));

    /// <exception cref="InvalidOperationException">Something in it is no network.</exception>
    public static WebhookRules Read(string? text) => new([.. (text ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one =>
        IPNetwork.TryParse(one, out var network) ? network
        : IPAddress.TryParse(one, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"{Variable}: “{one}” is no address or network. Write it like 10.0.3.0/24."))]);

    /// <summary>May this address be connected to? Asked of the very address that is connected to, so that a name that changes its mind in between wins nothing.</summary>
    public bool MayReach(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (Allowed.Any(n => n.Contains(plain))) return true;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && plain.ScopeIdOrZero() == 0 && !NotPublic.Any(n => n.Contains(plain));
    }

    /// <summary>Why this cannot be an address to send to, in words; null: it can.</summary>
    public string? Problem(string? typed, out Uri? url)
    {
        url = null;
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 400 || !Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var found) || found.Scheme is not ("https" or "http")) return "Write the whole address, like https://case.example.org/anydoor";
        if (found.UserInfo.Length > 0) return "Leave out the name and password: the signature says who sends it.";
        if (found.Fragment.Length > 0) return "Leave out what follows the #: it is never sent.";
        // A dot at the end is the same name: "localhost." is this machine too.
        // Digits of other scripts and shapes are read as digits when it is looked up.
        var host = found.Host.Normalize(System.Text.NormalizationForm.FormKC).TrimEnd('.');
        if (host.Any(c => char.IsDigit(c) && !char.IsAsciiDigit(c))) return "Write the numbers of the address as 0 to 9.";
        var literal = found.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || char.IsAsciiDigit(host.LastOrDefault()) ? IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null : null;
        var inside = literal is not null && Allowed.Any(n => n.Contains(literal));
        if (found.Scheme == "http" && !inside) return "It must begin with https:// so that nobody on the way can read it.";
        if (literal is not null && !MayReach(literal)) return "This address is inside a private network. Use the public address of the system.";
        if (literal is null && (!host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)))
            return "This name is known inside a network only. Use the public address of the system.";
        if (!inside && found.Port is < 1024 and not 443) return "Use port 443, or one above 1023.";
        url = found;
        return null;
    }
}

file static class Scopes
{
    public static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
