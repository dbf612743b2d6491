using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Funds;
using AnyDoor.Conversations;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.ServiceDirectory;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

public sealed partial class AnyDoorDb
{
    /// <summary>Every room's mapping, ground floor first.</summary>
    private static readonly Action<ModelBuilder>[] Rooms =
    [
        AuditModel.Configure,
        PlacesModel.Configure,
        OrganisationsModel.Configure,
        SharingModel.Configure,
        HouseholdsModel.Configure,
        DirectoryModel.Configure,
        MessagesModel.Configure,
        FundsModel.Configure,
        ConversationsModel.Configure,
        CaseworkModel.Configure,
        OffersModel.Configure,
        RequestsModel.Configure,
        PlaceTeamsModel.Configure,
        GapModel.Configure,
        RightsModel.Configure,
        ReportingModel.Configure,
    ];
}
