using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace AnyDoor.Web.Hosting;

/// <summary>
/// The proxies that stand before this and whose word is taken for who asks and whether by https. Anybody can send those headers:
/// from every other address they mean nothing.
/// </summary>
public sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks)
{
    public const string Variable = "ANYDOOR_BEHIND_PROXY";

    /// <summary>Reads addresses and networks, like <c>127.0.0.1</c>, <c>10.0.3.0/24</c> or <c>localhost</c>; commas between several in one text.</summary>
    /// <param name="wrong">The first that is neither.</param>
    public static TrustedProxies? Read(IEnumerable<string> texts, out string? wrong)
    {
        wrong = null;
        var networks = new List<IPNetwork>();
        foreach (var one in texts.SelectMany(t => t.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (one == "localhost") networks.AddRange([Just(IPAddress.Loopback), Just(IPAddress.IPv6Loopback)]);
            else if (IPAddress.TryParse(one, out var address)) networks.Add(Just(address));
            else if (IPNetwork.TryParse(one, out var network)) networks.Add(network);
            else { wrong = one; return null; }
        }
        return networks.Count == 0 ? null : new TrustedProxies(networks);
    }

    /// <summary>From the right, past every proxy of ours, to the first address that is none: that one cannot be made up.</summary>
    public ForwardedHeadersOptions Headers()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Networks) options.KnownIPNetworks.Add(network);
        return options;
    }

    private static IPNetwork Just(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
}
