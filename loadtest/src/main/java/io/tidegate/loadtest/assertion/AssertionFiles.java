package io.tidegate.loadtest.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Judgements as other tools read them: {@code assertions.json}, and {@code junit.xml} with one test
 * case for each and one more for the validity of the run.
 */
public final class AssertionFiles {

  private static final String JSON_FILE = "assertions.json";
  private static final String JUNIT_FILE = "junit.xml";
  private static final String VALIDITY = "the run is valid";

  private AssertionFiles() {}

  /**
   * Writes both.
   *
   * @param problems why the run is not valid; none if it is
   * @throws IOException if they cannot be written
   */
  public static void write(
      Path directory, String simulation, List<AssertionResult> results, List<String> problems)
      throws IOException {
    Map<String, Object> json =
        Map.of(
            "simulation", simulation,
            "valid", problems.isEmpty(),
            "problems", problems,
            "passed", results.stream().allMatch(AssertionResult::passed),
            "assertions", results);
    Files.writeString(
        directory.resolve(JSON_FILE),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    try (OutputStream out = Files.newOutputStream(directory.resolve(JUNIT_FILE))) {
      junit(out, simulation, results, problems);
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException disk
          ? disk
          : new IOException(JUNIT_FILE + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the results again; none if the run was never judged.
   *
   * @throws IOException if they are damaged
   */
  public static List<AssertionResult> read(Path directory) throws IOException {
    Path file = directory.resolve(JSON_FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    ObjectMapper json = new ObjectMapper();
    List<AssertionResult> results = new ArrayList<>();
    for (JsonNode result : json.readTree(file.toFile()).path("assertions")) {
      results.add(json.treeToValue(result, AssertionResult.class));
    }
    return results;
  }

  private static void junit(
      OutputStream out, String simulation, List<AssertionResult> results, List<String> problems)
      throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    long failed = results.stream().filter(result -> !result.passed()).count();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", simulation);
    xml.writeAttribute("tests", Integer.toString(results.size() + 1));
    xml.writeAttribute("failures", Long.toString(failed));
    xml.writeAttribute("errors", problems.isEmpty() ? "0" : "1");
    for (AssertionResult result : results) {
      String message = result.passed() ? "" : "found " + result.actual();
      testCase(xml, simulation, result.assertion(), "failure", message);
    }
    testCase(xml, simulation, VALIDITY, "error", String.join("; ", problems));
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  private static void testCase(
      XMLStreamWriter xml, String simulation, String name, String element, String message)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", simulation);
    xml.writeAttribute("name", name);
    if (!message.isEmpty()) {
      xml.writeStartElement(element);
      xml.writeAttribute("message", message);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
