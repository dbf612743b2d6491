using System.Net;
using System.Net.Sockets;

namespace AnyDoor.Tests;

/// <summary>A listener on a port of loopback that nobody else has.</summary>
internal static class Loopback
{
    public static (HttpListener Listener, string Address) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            var address = $"http://127.0.0.1:{FreePort()}";
            var listener = new HttpListener();
            listener.Prefixes.Add($"{address}/");
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // Somebody took it between the question and the answer.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
