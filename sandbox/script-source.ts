/**
 * What the endpoint answers when the script is saved without %EJSCRIPT_START% and %EJSCRIPT_END%: "or else we'll
 * receive the entire code as output" (docs: call-script-in-cs-with-ajax.mdx).
 */
export const SCRIPT_SOURCE = `#setLanguageLevel 4;
// Files the meeting summaries of Dstny Conversational Intelligence.
Void respond(String status, JSONBuilder jb) {
  jb.finalize();
  setParserVariable("ej.headers", "Status: " + status + "\\nContent-Type: application/json;charset=utf-8\\n");
  print(jb.getString());
}
XMLNode payload = parseJSON2(getCgiContent());
String deliveryId = payload.getValueFromPath("deliveryId");
`;
