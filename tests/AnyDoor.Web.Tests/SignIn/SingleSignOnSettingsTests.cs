using AnyDoor.Web.SignIn;

namespace AnyDoor.Web.Tests.SignIn;

/// <summary>What the operator set for the council's own sign-in is refused at the start, by name: a page that fails later would take the whole site with it.</summary>
public sealed class SingleSignOnSettingsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    private SingleSignOn? Read(string secret, params (string Name, string Value)[] but)
    {
        File.WriteAllText(file, secret);
        var set = new Dictionary<string, string> { ["AUTHORIZE"] = "https://id.example/a", ["TOKEN"] = "https://id.example/t", ["USERINFO"] = "https://id.example/u", ["CLIENT"] = "anydoor", ["SECRET_FILE"] = file };
        foreach (var (name, value) in but) set[name] = value;
        return SingleSignOn.Read(name => set.GetValueOrDefault(name["ANYDOOR_SSO_".Length..]));
    }

    [Theory]
    [InlineData(""), InlineData(" \n\t"), InlineData("one\ntwo"), InlineData("sécret"), InlineData("a\0b")]
    public void A_file_without_a_secret_that_could_be_sent_is_refused(string secret) => Should.Throw<InvalidOperationException>(() => Read(secret)).Message.ShouldStartWith("ANYDOOR_SSO_SECRET_FILE");

    [Theory]
    [InlineData("AUTHORIZE", "ftp://localhost/a"), InlineData("TOKEN", "file:///etc/passwd"), InlineData("USERINFO", "https://id.example/u#here"), InlineData("TOKEN", "http://id.example/t"), InlineData("SECRET_FILE", "/")]
    public void A_value_that_cannot_be_used_is_refused_by_name(string name, string value) => Should.Throw<InvalidOperationException>(() => Read("secret", (name, value))).Message.ShouldStartWith($"ANYDOOR_SSO_{name}");

    [Fact]
    public void What_can_be_used_is_taken_and_a_blank_name_has_words()
    {
        var read = Read("secret\r\n", ("NAME", "  "))!;

        (read.ClientId, read.Name).ShouldBe(("anydoor", "your council account"));
        Read("secret", [.. new[] { "AUTHORIZE", "TOKEN", "USERINFO", "CLIENT", "SECRET_FILE" }.Select(n => (n, " "))]).ShouldBeNull();
    }
}
