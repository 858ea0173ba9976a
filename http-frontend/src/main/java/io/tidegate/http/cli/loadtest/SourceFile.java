package io.tidegate.http.cli.loadtest;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java file that is compiled when it is needed, and whose classes are kept in memory: what a
 * simulation takes that nobody wants to build a project for.
 */
final class SourceFile {

  static final String SUFFIX = ".java";

  private SourceFile() {}

  /**
   * The class that bears the name of the file.
   *
   * @param parent knows everything that the file imports
   * @param classPath where the compiler finds it
   * @throws IOException if it cannot be read or compiled; the message names file and line
   */
  static Class<?> compile(Path file, ClassLoader parent, String classPath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException(file + " must be compiled, which takes a JDK: this Java has no javac");
    }
    String source = Files.readString(file);
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
        InMemory memory = new InMemory(files)) {
      boolean good =
          compiler
              .getTask(
                  null,
                  memory,
                  found,
                  List.of("-proc:none", "-cp", classPath),
                  null,
                  List.of(new Source(file.toUri(), source)))
              .call();
      if (!good) {
        throw new IOException(firstError(file, found));
      }
      return memory.load(parent, file);
    }
  }

  private static String firstError(Path file, DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
        .findFirst()
        .map(one -> "%s:%d: %s".formatted(file, one.getLineNumber(), inOneLine(one)))
        .orElse(file + " cannot be compiled");
  }

  private static String inOneLine(Diagnostic<?> one) {
    return String.join(" ", one.getMessage(Locale.ROOT).lines().map(String::strip).toList());
  }

  /** The text that is compiled. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Takes the classes that come out. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:/" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    Class<?> load(ClassLoader parent, Path file) throws IOException {
      String simple = file.getFileName().toString().replace(SUFFIX, "");
      String name =
          classes.keySet().stream()
              .filter(one -> one.equals(simple) || one.endsWith("." + simple))
              .findFirst()
              .orElseThrow(() -> new IOException(file + " holds no class " + simple));
      try {
        return new Loader(parent, classes).loadClass(name);
      } catch (ClassNotFoundException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes;

    Loader(ClassLoader parent, Map<String, ByteArrayOutputStream> classes) {
      super(parent);
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
  }

  /** The class path of this program with more behind it. */
  static String classPathWith(List<Path> more) {
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    more.forEach(one -> path.append(File.pathSeparator).append(one));
    return path.toString();
  }
}
