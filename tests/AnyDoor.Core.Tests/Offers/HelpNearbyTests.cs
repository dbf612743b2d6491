using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Offers;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.Offers;

/// <summary>The offer in the conversation is the very match of the menu, with the household's answers.</summary>
public sealed class HelpNearbyTests
{
    [Theory]
    [InlineData("health.affects_daily_life", "no", "menu:a-steps")]
    [InlineData("health.affects_daily_life", "yes", "menu:b-level")]
    [InlineData("benefits.list", "attendance-allowance", "menu:b-level")]
    [InlineData("benefits.list", "universal-credit", "menu:a-steps")]
    [Requirement("R-MEN-02")]
    public void Offer_SomebodyIsDisabled_WhatHasNoStepsComesFirst(string fact, string answer, string first)
    {
        var offer = Offer.Compose(new OfferSnapshot
        {
            At = Menu.Tuesday, Hub = new HubLine("0808 157 0123", "8am to 8pm"), Place = Menu.Waterlees, Needs = ["food"], Facts = Facts.Of(null, (fact, answer)),
            Menu = new MenuIndex(1, [Menu.Service("a-steps"), Menu.Service("b-level") with { Access = ["Level entrance"] }]),
        });

        offer.Groups.SelectMany(g => g.Lines).First(l => l.Id.StartsWith("menu:", StringComparison.Ordinal) && l.State != OfferState.Missing).Id.ShouldBe(first);
    }
}
