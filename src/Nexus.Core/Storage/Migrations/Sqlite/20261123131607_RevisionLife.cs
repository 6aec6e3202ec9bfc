using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RevisionLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "CopyOf",
                table: "Revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "OwnsImage",
                table: "Revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ServedAt",
                table: "Revisions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DisplayName",
                table: "Deployments",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Replica",
                table: "DeploymentEvents",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Revisions_ResolvedImage",
                table: "Revisions",
                column: "ResolvedImage");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Revisions_ResolvedImage",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "CopyOf",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "OwnsImage",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "ServedAt",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "DisplayName",
                table: "Deployments");

            migrationBuilder.DropColumn(
                name: "Replica",
                table: "DeploymentEvents");
        }
    }
}
