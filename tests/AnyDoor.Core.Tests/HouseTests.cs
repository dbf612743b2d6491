using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using AnyDoor.Data;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests;

/// <summary>The house plan as it stands in the code: rooms use only rooms before them, and people are reached by one door.</summary>
public sealed partial class HouseTests
{
    /// <summary>Ground floor first. The plan's Directory is <c>ServiceDirectory</c> in code: a namespace <c>AnyDoor.Directory</c> would hide the file system's <c>Directory</c>.</summary>
    private static readonly string[] Rooms =
    [
        "Common", "Vocabulary", "Audit", "Places", "Organisations", "Sharing", "Households", "Messages", "ServiceDirectory", "Funds", "Conversations", "Casework",
        "Offers", "Requests", "CaseFinding", "PlaceTeams", "Strategy", "Alliances", "Rights", "Reporting", "Demo",
    ];

    private static readonly string Source = Path.Combine(TestRun.Root, "src");

    [Fact]
    public void EveryNamespace_IsARoomOfThePlan()
    {
        var rooms = typeof(AnyDoorDb).Assembly.GetTypes().Select(RoomOf).OfType<string>().Distinct().ToList();

        rooms.Except(Rooms).ShouldBeEmpty("A new room goes into the plan, in its place, first.");
        rooms.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void EveryRoom_UsesOnlyRoomsBeforeIt()
    {
        var wrong = References().Where(r => Array.IndexOf(Rooms, r.To) > Array.IndexOf(Rooms, r.From)).Distinct().Select(r => $"{r.From} uses {r.To}: {r.Where}").ToList();

        wrong.ShouldBeEmpty();
    }

    /// <summary>The scan sees what it must: this is in the code, and right.</summary>
    [Fact]
    public void TheScan_SeesUsesInsideMethods()
    {
        var seen = References().Select(r => (r.From, r.To)).ToHashSet();

        seen.ShouldContain(("Households", "Sharing"));
        seen.ShouldContain(("Sharing", "Audit"));
        seen.ShouldContain(("Households", "Audit"));
    }

    [Fact]
    public void PeopleEntities_AreInternalToCore()
    {
        string[] people = ["Household", "Person", "Membership", "Address", "SafeContact", "CrisisEpisode", "PossibleMatch", "PersonJoin"];
        var types = typeof(AnyDoorDb).Assembly.GetTypes().Where(t => t.Namespace == "AnyDoor.Households").ToList();

        types.Where(t => people.Contains(t.Name)).Select(t => t.Name).Order().ShouldBe(people.Order());
        types.Where(t => people.Contains(t.Name) && (t.IsPublic || t.IsNestedPublic)).ShouldBeEmpty();
    }

    [Fact]
    public void TheModel_HasNoNavigationAtAll()
    {
        using var db = new Database(new AnyDoor.Data.Sqlite.SqliteKind(Path.Combine(Path.GetTempPath(), "never-opened.db"))).Open();

        db.Model.GetEntityTypes().SelectMany(e => e.GetNavigations().Select(n => $"{e.ClrType.Name}.{n.Name}")).ShouldBeEmpty("An Include walks past the gate. Use ids and foreign keys.");
    }

    /// <summary>Raw SQL lives with its database, however it is sent. A key and a count of tries are claimed by ON CONFLICT, which no query can say.</summary>
    [Fact]
    public void RawSql_StandsOnlyInData()
    {
        string[] allowed = ["Audit/Commands.cs", "Audit/TryLimits.cs"];
        var core = Path.Combine(Source, "AnyDoor.Core");

        var found = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories).Select(f => (Path: Path.GetRelativePath(core, f).Replace('\\', '/'), Text: File.ReadAllText(f)))
            .Where(f => !f.Path.StartsWith("Data/", StringComparison.Ordinal) && !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal) && RawSql().IsMatch(f.Text))
            .Select(f => f.Path).Except(allowed);

        found.ShouldBeEmpty();
    }

    /// <summary>Pages and verbs ask services; the people tables they could not even name, for the entities are internal.</summary>
    [Fact]
    public void PagesAndVerbs_TouchNoTableOfPeople()
    {
        var found = new[] { "AnyDoor.Web", "AnyDoor.Cli" }.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Source, p), "*.cs*", SearchOption.AllDirectories))
            .Where(f => (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => PeopleTable().IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(Source, f));

        found.ShouldBeEmpty();
    }

    private static string? RoomOf(Type type)
    {
        var parts = type.Namespace?.Split('.') ?? [];
        return parts.Length > 1 && parts[0] == "AnyDoor" && parts[1] != "Data" ? parts[1] : null;
    }

    private static string? RoomOf(string space) => space.Split('.') is ["AnyDoor", var room, ..] && Rooms.Contains(room) ? room : null;

    /// <summary>Every use of another room's type or member, in signatures and inside methods, read from the compiled assembly.</summary>
    private static List<(string From, string To, string Where)> References()
    {
        using var file = new PEReader(File.OpenRead(typeof(AnyDoorDb).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var uses = new List<(string From, string To, string Where)>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (RoomOf(SpaceOf(metadata, handle)) is not { } from) continue;
            var where = metadata.GetString(type.Name);
            void Use(IEnumerable<TypeDefinitionHandle> types)
            {
                foreach (var used in types)
                    if (RoomOf(SpaceOf(metadata, used)) is { } to && to != from) uses.Add((from, to, where));
            }
            var names = new TypesIn(metadata);
            foreach (var field in type.GetFields()) Use(metadata.GetFieldDefinition(field).DecodeSignature(names, null));
            foreach (var implemented in type.GetInterfaceImplementations()) Use(names.Of(metadata.GetInterfaceImplementation(implemented).Interface));
            Use(names.Of(type.BaseType));
            foreach (var methodHandle in type.GetMethods())
            {
                var method = metadata.GetMethodDefinition(methodHandle);
                var signature = method.DecodeSignature(names, null);
                Use(signature.ReturnType);
                foreach (var parameter in signature.ParameterTypes) Use(parameter);
                if (method.RelativeVirtualAddress == 0) continue;
                foreach (var token in TokensIn(file.GetMethodBody(method.RelativeVirtualAddress))) Use(names.Of(token));
            }
        }
        return uses;
    }

    private static string SpaceOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer) type = metadata.GetTypeDefinition(outer);
        return metadata.GetString(type.Namespace);
    }

    private static readonly Dictionary<short, System.Reflection.Emit.OpCode> OpCodes = typeof(System.Reflection.Emit.OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (System.Reflection.Emit.OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    private static List<EntityHandle> TokensIn(MethodBodyBlock body)
    {
        var tokens = new List<EntityHandle>();
        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            short code = il.ReadByte();
            if (code == 0xFE) code = unchecked((short)(0xFE00 | il.ReadByte()));
            switch (OpCodes[code].OperandType)
            {
                case System.Reflection.Emit.OperandType.InlineField or System.Reflection.Emit.OperandType.InlineMethod or System.Reflection.Emit.OperandType.InlineType or System.Reflection.Emit.OperandType.InlineTok:
                    var handle = System.Reflection.Metadata.Ecma335.MetadataTokens.EntityHandle(il.ReadInt32());
                    tokens.Add(handle);
                    break;
                case System.Reflection.Emit.OperandType.InlineNone: break;
                case System.Reflection.Emit.OperandType.ShortInlineBrTarget or System.Reflection.Emit.OperandType.ShortInlineI or System.Reflection.Emit.OperandType.ShortInlineVar: il.Offset += 1; break;
                case System.Reflection.Emit.OperandType.InlineVar: il.Offset += 2; break;
                case System.Reflection.Emit.OperandType.InlineI8 or System.Reflection.Emit.OperandType.InlineR: il.Offset += 8; break;
                case System.Reflection.Emit.OperandType.InlineSwitch:
                    var targets = il.ReadInt32();
                    il.Offset += 4 * targets;
                    break;
                default: il.Offset += 4; break;
            }
        }
        return tokens;
    }

    /// <summary>The types of this assembly that a signature or a token names.</summary>
    private sealed class TypesIn(MetadataReader metadata) : ISignatureTypeProvider<IReadOnlyList<TypeDefinitionHandle>, object?>
    {
        private static readonly IReadOnlyList<TypeDefinitionHandle> None = [];

        public IReadOnlyList<TypeDefinitionHandle> Of(EntityHandle handle)
        {
            if (handle.IsNil) return None;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition: return [(TypeDefinitionHandle)handle];
                case HandleKind.TypeSpecification: return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                case HandleKind.MethodDefinition: return [metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()];
                case HandleKind.FieldDefinition: return [metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()];
                case HandleKind.MemberReference: return Of(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                case HandleKind.MethodSpecification:
                    var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    return [.. Of(method.Method), .. method.DecodeSignature(this, null).SelectMany(t => t)];
                default: return None;
            }
        }

        public IReadOnlyList<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];
        public IReadOnlyList<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => None;
        public IReadOnlyList<TypeDefinitionHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Of(handle);
        public IReadOnlyList<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => None;
        public IReadOnlyList<TypeDefinitionHandle> GetGenericInstantiation(IReadOnlyList<TypeDefinitionHandle> genericType, System.Collections.Immutable.ImmutableArray<IReadOnlyList<TypeDefinitionHandle>> typeArguments) => [.. genericType, .. typeArguments.SelectMany(t => t)];
        public IReadOnlyList<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => None;
        public IReadOnlyList<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => None;
        public IReadOnlyList<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<IReadOnlyList<TypeDefinitionHandle>> signature) => [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(t => t)];
        public IReadOnlyList<TypeDefinitionHandle> GetArrayType(IReadOnlyList<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;
        public IReadOnlyList<TypeDefinitionHandle> GetSZArrayType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;
        public IReadOnlyList<TypeDefinitionHandle> GetByReferenceType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;
        public IReadOnlyList<TypeDefinitionHandle> GetPointerType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;
        public IReadOnlyList<TypeDefinitionHandle> GetPinnedType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;
        public IReadOnlyList<TypeDefinitionHandle> GetModifiedType(IReadOnlyList<TypeDefinitionHandle> modifier, IReadOnlyList<TypeDefinitionHandle> unmodifiedType, bool isRequired) => unmodifiedType;
    }

    [GeneratedRegex(@"\b(FromSqlRaw|ExecuteSqlRaw(Async)?|SqlQueryRaw|SELECT|INSERT INTO|DELETE FROM|UPDATE [a-z_]+ SET)\b")]
    private static partial Regex RawSql();

    [GeneratedRegex(@"Set<(Household|Person|Membership|Address|SafeContact|CrisisEpisode|PossibleMatch|PersonJoin)>|\b(FROM|JOIN|INTO|UPDATE)\s+(household|person|membership|address|safe_contact|crisis_episode|possible_match)\b")]
    private static partial Regex PeopleTable();
}
