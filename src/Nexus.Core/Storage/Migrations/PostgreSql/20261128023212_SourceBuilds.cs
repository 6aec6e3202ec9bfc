using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Core.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SourceBuilds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Commit",
                table: "Revisions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "Revisions",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BuildLogLines",
                columns: table => new
                {
                    DeploymentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Stream = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BuildLogLines", x => new { x.DeploymentId, x.Revision, x.Number });
                    table.ForeignKey(
                        name: "FK_BuildLogLines_Revisions_DeploymentId_Revision",
                        columns: x => new { x.DeploymentId, x.Revision },
                        principalTable: "Revisions",
                        principalColumns: new[] { "DeploymentId", "Number" },
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BuildLogLines");

            migrationBuilder.DropColumn(
                name: "Commit",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "Revisions");
        }
    }
}
