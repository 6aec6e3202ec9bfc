using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Xunit;

namespace Nexus.Architecture.Tests;

/// <summary>
/// Migrations that were made side by side lack each other's tables in the model that each keeps. Their SQL is right all the same, but
/// <c>migrations remove</c> goes back to such a model, and SQLite makes tables anew by it.
/// </summary>
public sealed class MigrationTests
{
    [Theory]
    [InlineData("Nexus.Core", "Sqlite")]
    [InlineData("Nexus.Core", "PostgreSql")]
    [InlineData("Nexus.Auth", "Sqlite")]
    [InlineData("Nexus.Auth", "PostgreSql")]
    public void Each_migration_keeps_the_model_of_the_one_before_and_what_it_does_to_it(string room, string database)
    {
        var factory = Activator.CreateInstance(Type.GetType($"{room}.Storage.{database}DesignTimeFactory, {room}", throwOnError: true)!)!;
        using var db = ((IDesignTimeDbContextFactory<DbContext>)factory).CreateDbContext([]);
        var (migrations, differ) = (db.GetService<IMigrationsAssembly>(), db.GetService<IMigrationsModelDiffer>());
        IRelationalModel? before = null;
        foreach (var (id, type) in migrations.Migrations)
        {
            var migration = migrations.CreateMigration(type, db.Database.ProviderName!);
            var after = Model(db, migration.TargetModel);
            Kinds(differ.GetDifferences(before, after)).Should().Equal(Kinds(migration.UpOperations), "{0} does that", id);
            before = after;
        }

        differ.GetDifferences(before, Model(db, migrations.ModelSnapshot!.Model)).Should().BeEmpty("the snapshot is what the last one leaves");
    }

    private static IRelationalModel Model(DbContext db, IModel model) => db.GetService<IModelRuntimeInitializer>()
        .Initialize(model is IMutableModel mutable ? mutable.FinalizeModel() : model, designTime: true).GetRelationalModel();

    private static IEnumerable<string> Kinds(IEnumerable<MigrationOperation> operations) =>
        operations.Where(operation => operation is not SqlOperation).Select(operation => operation.GetType().Name).Order();
}
