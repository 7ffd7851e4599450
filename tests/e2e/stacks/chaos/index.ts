export * from "../../../../index";
