//! A web site on loopback that answers as a test says, well or badly. It counts what it was asked.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A site; its threads end with the test program.
#[derive(Clone)]
pub struct Site(Arc<Shared>);

struct Shared {
    address: SocketAddr,
    pages: Mutex<HashMap<String, Handler>>,
    asked: Mutex<Vec<Asked>>,
    news: Condvar,
}

type Handler = Arc<dyn Fn(&Asked, &mut TcpStream) + Send + Sync>;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// With its query.
    pub path: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    pub at: Instant,
}

/// An answer; `Content-Length` and, for a repeated `ETag`, the 304 come by themselves.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).with("Content-Type", "text/html; charset=utf-8")
    }

    pub fn xml(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).with("Content-Type", "application/xml")
    }

    pub fn redirect(status: u16, to: &str) -> Self {
        Self::new(status, "").with("Location", to)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Writes the answer to a request.
    pub fn write(&self, asked: &Asked, stream: &mut TcpStream) {
        let unchanged = match (self.header("etag"), asked.headers.get("if-none-match")) {
            (Some(etag), Some(known)) => etag == known,
            _ => self.header("last-modified").is_some_and(|date| {
                asked.headers.get("if-modified-since").is_some_and(|known| known == date)
            }),
        };
        let (status, body) =
            if unchanged && self.status == 200 { (304, &[][..]) } else { (self.status, &self.body[..]) };
        let mut answer = format!("HTTP/1.1 {status} Whatever\r\n").into_bytes();
        let headers = self.headers.iter().try_for_each(|(name, value)| write!(answer, "{name}: {value}\r\n"));
        headers.and_then(|()| write!(answer, "Content-Length: {}\r\n\r\n", body.len())).unwrap();
        answer.extend_from_slice(body);
        // The client may have gone.
        let _ = stream.write_all(&answer);
    }
}

impl Site {
    pub fn start() -> Self {
        Self::at("127.0.0.1")
    }

    /// A site of its own at another address of loopback.
    pub fn at(ip: &str) -> Self {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let shared = Arc::new(Shared {
            address: listener.local_addr().unwrap(),
            pages: Mutex::default(),
            asked: Mutex::default(),
            news: Condvar::new(),
        });
        let site = Self(shared);
        let serving = site.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let site = serving.clone();
                thread::spawn(move || site.serve(stream));
            }
        });
        site
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.0.address)
    }

    pub fn port(&self) -> u16 {
        self.0.address.port()
    }

    /// From now on `path` answers so.
    pub fn page(&self, path: &str, reply: Reply) {
        self.on(path, move |asked, stream| reply.write(asked, stream));
    }

    /// From now on `path` answers so once, and then as it did.
    pub fn once(&self, path: &str, reply: Reply) {
        let before = self.0.pages.lock().unwrap().get(path).cloned();
        let used = Mutex::new(false);
        self.on(path, move |asked, stream| {
            let first = !std::mem::replace(&mut *used.lock().unwrap(), true);
            match &before {
                _ if first => reply.write(asked, stream),
                Some(before) => before(asked, stream),
                None => Reply::new(404, "").write(asked, stream),
            }
        });
    }

    /// From now on `path` is answered by this.
    pub fn on(&self, path: &str, handler: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) {
        self.0.pages.lock().unwrap().insert(path.to_owned(), Arc::new(handler));
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.0.asked.lock().unwrap().clone()
    }

    /// How often `path` was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| asked.path == path).count()
    }

    /// Waits until `path` was asked for so often.
    #[track_caller]
    pub fn wait_for(&self, path: &str, times: usize) {
        self.wait_until(|asked| asked.iter().filter(|asked| asked.path == path).count() >= times);
    }

    /// Waits until the requests so far are enough.
    #[track_caller]
    pub fn wait_until(&self, enough: impl Fn(&[Asked]) -> bool) {
        let deadline = Instant::now() + Duration::from_mins(1);
        let mut asked = self.0.asked.lock().unwrap();
        while !enough(&asked) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "this is all that was asked for: {:?}", paths(&asked));
            asked = self.0.news.wait_timeout(asked, left).unwrap().0;
        }
    }

    fn serve(&self, mut stream: TcpStream) {
        let Ok(reading) = stream.try_clone() else { return };
        let mut reader = BufReader::new(reading);
        while let Some(asked) = read(&mut reader) {
            let handler = self.0.pages.lock().unwrap().get(&asked.path).cloned();
            self.0.asked.lock().unwrap().push(asked.clone());
            self.0.news.notify_all();
            match handler {
                Some(handler) => handler(&asked, &mut stream),
                None => Reply::new(404, "").write(&asked, &mut stream),
            }
        }
    }
}

fn paths(asked: &[Asked]) -> Vec<&str> {
    asked.iter().map(|asked| asked.path.as_str()).collect()
}

/// The next request of a connection.
fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()),
            None => break,
        };
    }
    let length: usize = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    reader.read_exact(&mut vec![0; length]).ok()?;
    Some(Asked { path, headers, at: Instant::now() })
}
