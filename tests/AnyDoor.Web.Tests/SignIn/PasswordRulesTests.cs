using AnyDoor.Web.SignIn;

namespace AnyDoor.Web.Tests.SignIn;

public sealed class PasswordRulesTests
{
    private static string? Fault(string password) => PasswordRules.Fault(password, "adam.quick@x.example", "Adam Quickthorn", "a.quickthorn");

    [Theory]
    [InlineData("adam.quick@x.example"), InlineData("adam@x.example"), InlineData("ADAM-quick-at-work-2026"), InlineData("quickthorn lantern drizzle"), InlineData("my name is Adam and I walk"), InlineData("a.quickthorn.a.quickthorn"), InlineData("Ádam lantern drizzle"), InlineData("adam quickthorn")]
    public void What_everybody_knows_of_them_is_refused(string password) => Fault(password).ShouldNotBeNull().ShouldContain("your own name");

    [Theory]
    [InlineData("marmalade lantern drizzle"), InlineData("correct horse battery staple"), InlineData("a long password is no harm here")]
    public void What_is_long_and_nobodys_is_taken(string password) => Fault(password).ShouldBeNull();

    [Theory]
    [InlineData(""), InlineData(null), InlineData("Li"), InlineData("@")]
    public void What_is_not_known_of_them_refuses_nothing(string? own) => PasswordRules.Fault("marmalade lantern drizzle", own, null).ShouldBeNull();
}
