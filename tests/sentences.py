"""Descriptions of tools as lists in other languages have them, with names and terms of English among the words."""

from __future__ import annotations

DESCRIPTIONS = {
    "Spanish": """
        Gestor de dependencias para proyectos en Rust
        Alertas y mensajes por correo
        Servidor web con soporte de plugins
        Colección de grandes ejemplos
        Interfaz gráfica, rápida y ligera
        Analizador estático para Python
        Documentación automática
        Base de datos distribuida
        Marco de pruebas unitarias
        Descarga imágenes, música y videos""",
    "Portuguese": """
        Gerenciador de dependências para projetos em Go
        Registros e mensagens de muitos servidores
        Biblioteca simples de componentes para React
        Exemplos completos, com testes
        Interface gráfica moderna
        Compilador escrito em C, rápido e pequeno
        Alertas por e-mail quando um serviço falha
        Ferramenta de linha de comando
        Imagens e arquivos compactados
        Projeto mantido pela comunidade""",
    "French": """
        Gestionnaire de dépendances pour Python
        Mesures et alertes en temps réel
        Serveur web léger, écrit en C
        Exemples commentés
        L'interface graphique de Git
        Analyse statique du langage Java
        Une collection d'articles et d'exercices
        Extensions officielles de Firefox
        Recherche rapide dans les fichiers
        Développement d'applications mobiles""",
    "Italian": """
        Gestore delle dipendenze per progetti in Rust
        Strumento per macchine virtuali e registri
        Server web leggero
        Esempi completi, con commenti
        Interfaccia grafica di Git
        Analisi statica del codice
        Raccolta di articoli ed esercizi
        Estensioni ufficiali per Firefox
        Ricerca veloce nei documenti
        Sviluppo di applicazioni mobili""",
    "German": """
        Verwaltet Abhängigkeiten von Projekten
        Liest alte Protokolle und Kennzahlen
        Schlanker Server, in C geschrieben
        Beispiele mit Kommentaren
        Grafische Oberfläche für Git
        Statische Analyse von Quelltext
        Eine große Menge an Daten auf einmal
        Offizielle Erweiterungen
        Schnelle Suche in allen Dateien
        Entwicklung mobiler Programme""",
    "Dutch": """
        Beheert de afhankelijkheden van projecten
        Verzamelt berichten en meldingen
        Lichte server, geschreven in C
        Voorbeelden met uitleg
        Grafische schil voor Git
        Statische analyse van broncode
        Een grote verzameling artikelen
        Officiële uitbreidingen
        Snel zoeken in alle bestanden
        Ontwikkelen van mobiele programma's""",
    "Polish": """
        Zarządza zależnościami w projektach
        Zbiera komunikaty oraz alerty
        Lekki serwer napisany w C
        Przykłady z komentarzami
        Graficzny interfejs do Git
        Statyczna analiza kodu
        Duży zbiór artykułów i testy
        Oficjalne rozszerzenia
        Szybkie wyszukiwanie w plikach
        Tworzenie aplikacji mobilnych""",
    "Turkish": """
        Projeler için paket yöneticisi
        Mesajlar ve alarmlar toplar
        C ile yazılmış hafif sunucu
        Açıklamalı örnekler
        Git için grafik arayüz
        Statik kod analizi
        Makaleler ve testler
        Resmi eklentiler
        Tüm dosyalarda hızlı arama
        Mobil uygulama geliştirme""",
    "Indonesian": """
        Mengelola paket untuk proyek Python
        Mengumpulkan pesan dan metrik
        Server ringan yang ditulis dalam C
        Contoh lengkap dengan penjelasan
        Antarmuka grafis untuk Git
        Analisis statis kode sumber
        Kumpulan artikel dan latihan
        Ekstensi resmi
        Pencarian cepat di semua berkas
        Pengembangan aplikasi seluler""",
    "Vietnamese": """
        Quản lý thư viện cho dự án
        Thu thập thông báo và số liệu
        Máy chủ nhẹ viết bằng C
        Ví dụ đầy đủ
        Giao diện đồ họa cho Git
        Phân tích mã nguồn
        Bộ sưu tập bài viết
        Tiện ích chính thức
        Tìm kiếm nhanh trong các tệp
        Phát triển ứng dụng di động""",
    "Romanian": """
        Administreaza dependentele pentru proiecte
        Colecteaza mesaje si alerte
        Server rapid, scris in C
        Exemple complete cu explicatii
        Interfata grafica pentru Git
        Analiza statica a codului
        Colectie de articole
        Extensii oficiale
        Cautare rapida in toate documentele
        Dezvoltare de aplicatii mobile""",
    "Czech": """
        Spravuje závislosti projektů
        Sbírá zprávy a metriky
        Lehký server napsaný v C
        Příklady s komentáři
        Grafické rozhraní pro Git
        Statická analýza kódu
        Velká sbírka článků
        Oficiální rozšíření
        Rychlé hledání ve všech souborech
        Vývoj mobilních aplikací""",
    "Swedish": """
        Hanterar beroenden i projekt
        Samlar meddelanden och larm
        Liten server, skriven i C
        Exempel med kommentarer
        Grafiskt skal för Git
        Statisk analys av kod
        En stor samling artiklar
        Officiella tillägg
        Snabb sökning i alla filer
        Utveckling av mobila program""",
    "Hungarian": """
        Csomagok és projektek kezelése
        Egy gyors szerver
        Példák magyarázattal
        Grafikus felület a Git számára
        Statikus elemzés
        Cikkek és tesztek nagy gyűjteménye
        Hivatalos kiterjesztések
        Keresés minden dokumentumban
        Alkalmazások fejlesztése
        Modern, kis méretű eszköz""",
    "Finnish": """
        Hallitsee projektien riippuvuuksia
        Nopea palvelin, joka on kirjoitettu C:llä
        Esimerkit ja testit
        Graafinen käyttöliittymä
        Staattinen analyysi
        Suuri kokoelma artikkeleita
        Viralliset laajennukset
        Moderni tekstieditori
        Haku kaikista dokumenteista
        Sovellusten kehitys""",
    "Catalan": """
        Gestor de dependències per a projectes
        Alertes i missatges per correu
        Servidor web lleuger
        Exemples complets
        Interfície gràfica del Git
        Anàlisi estàtica del codi
        Col·lecció d'articles
        Extensions oficials amb documentació
        Cerca ràpida en tots els documents
        Desenvolupament d'aplicacions mòbils""",
}
"""Language -> descriptions, one a line."""


def descriptions(language: str) -> list[str]:
    return [line.strip() for line in DESCRIPTIONS[language].splitlines() if line.strip()]


def entries(texts: list[str], first: int = 0) -> str:
    """A list of tools with these descriptions."""
    named = enumerate(texts, first)
    return "".join(f"- [Tool{at}](https://tool{at}.example) - {text}.\n" for at, text in named)
