// The page's own words in Vietnamese and English; the bot's words come from the server.

const WORDS = {
  vi: {
    sizes: "Cỡ chữ", normal: "A, chữ vừa", large: "A+, chữ to", huge: "A++, chữ rất to",
    leave: "Thoát", log: "Cuộc trò chuyện", form: "Soạn tin nhắn", text: "Tin nhắn của bạn",
    hint: "Nhắn ở đây", send: "Gửi", newest: "Xem tiếp",
    bot: "Học Vụ Số:", me: "Bạn:", notice: "Lưu ý", choices: "Chọn một câu trả lời",
    sending: "Đang gửi…", again: "Mạng chậm, đang gửi lại…", waiting: "Chờ có mạng để gửi…",
    busy: "Chờ một chút rồi gửi tiếp…", failed: "Chưa gửi được", refused: "Chưa nhận được",
    resend: "Gửi lại",
    refusal: "Mình chưa nhận được tin này. Bạn thử nhắn cách khác nhé.",
    offline: "Đang mất mạng. Tin của bạn được giữ lại, có mạng sẽ gửi.",
    opening: "Đang mở…", closed: "Chưa mở được. Bạn xem lại mạng rồi thử lại nhé.", retry: "Thử lại",
    gone: "Đã thoát trên máy này.", begin: "Bắt đầu",
    leaveTitle: "Thoát trên máy này?",
    leaveText: "Tin nhắn đang hiện trên máy này sẽ được xóa. Những gì đã ghi vẫn còn.",
    leaveNow: "Thoát", stay: "Ở lại", leaveFailed: "Chưa thoát được vì mạng yếu. Bạn thử lại nhé.",
    push: "Nhắc cả khi đóng trang này?", pushYes: "Bật nhắc", pushNo: "Không",
    listen: "Nghe", quiet: "Dừng", document: "Mở tài liệu", card: "Mở thẻ chữ to",
    attach: "Gửi tệp danh sách", tooBig: "Tệp lớn quá, nhiều nhất 1 MB nhé.",
    unreadable: "Chưa đọc được tệp này trên máy. Bạn chọn lại nhé.",
  },
  en: {
    sizes: "Text size", normal: "A, normal text", large: "A+, large text", huge: "A++, very large text",
    leave: "Log out", log: "Conversation", form: "Write a message", text: "Your message",
    hint: "Write here", send: "Send", newest: "Read on",
    bot: "Học Vụ Số:", me: "You:", notice: "Please note", choices: "Choose an answer",
    sending: "Sending…", again: "Slow network, sending again…", waiting: "Waiting for a network…",
    busy: "Waiting a moment, then sending…", failed: "Not sent", refused: "Not received",
    resend: "Send again",
    refusal: "I could not take this message. Please try another way.",
    offline: "No network. Your message is kept and will be sent later.",
    opening: "Opening…", closed: "Could not open. Please check the network and try again.", retry: "Try again",
    gone: "Logged out on this device.", begin: "Start",
    leaveTitle: "Log out on this device?",
    leaveText: "The messages shown on this device will be removed. What was saved stays saved.",
    leaveNow: "Log out", stay: "Stay", leaveFailed: "Could not log out, the network is weak. Please try again.",
    push: "Remind you when this page is closed, too?", pushYes: "Yes", pushNo: "No",
    listen: "Listen", quiet: "Stop", document: "Open the document", card: "Open the big-letter card",
    attach: "Send a list as a file", tooBig: "The file is too big: at most 1 MB.",
    unreadable: "This file could not be read on your device. Please choose it again.",
  },
};

let locale = "vi";

export function word(key) {
  return WORDS[locale][key];
}

export function language() {
  return locale;
}

// Turns the whole page to a language; true when it was another one before.
export function turnTo(wanted) {
  if (!WORDS[wanted] || wanted === locale) return false;
  locale = wanted;
  document.documentElement.lang = locale;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = word(node.dataset.hint);
  return true;
}
