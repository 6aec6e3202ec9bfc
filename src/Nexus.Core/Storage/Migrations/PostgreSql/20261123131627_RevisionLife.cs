using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Core.Storage.Migrations.PostgreSql
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
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "OwnsImage",
                table: "Revisions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ServedAt",
                table: "Revisions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DisplayName",
                table: "Deployments",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Replica",
                table: "DeploymentEvents",
                type: "character varying(32)",
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
